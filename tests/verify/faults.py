"""Single faults: one replacement in the text of a right solution, and what must be said of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`old` becomes `new` in a file; exactly `keys` are refused, the first with these words."""

    name: str
    file: str
    old: str
    new: str
    keys: tuple[str, ...]
    words: str
    style: str = "scipy"

    @property
    def part(self):
        return self.keys[0].split(".")[0]


def _of(part, file, style="scipy"):
    def fault(name, old, new, keys, words, style=style):
        full = tuple(f"{part}.{key}" for key in keys.split())
        return Fault(f"{part}: {name}", file, old, new, full, words, style)

    return fault


dense = _of("FullyConnected", "Layers/FullyConnected.py")
apart = _of("FullyConnected", "Layers/FullyConnected.py", "separate_bias")
relu = _of("ReLU", "Layers/ReLU.py")
sigmoid = _of("Sigmoid", "Layers/Sigmoid.py")
tanh = _of("TanH", "Layers/TanH.py")
softmax = _of("SoftMax", "Layers/SoftMax.py")
flatten = _of("Flatten", "Layers/Flatten.py")
conv = _of("Conv", "Layers/Conv.py")
pooling = _of("Pooling", "Layers/Pooling.py")
xavier = _of("Xavier", "Layers/Initializers.py")
he = _of("He", "Layers/Initializers.py")
uniform = _of("UniformRandom", "Layers/Initializers.py")
dropout = _of("Dropout", "Layers/Dropout.py")
norm = _of("BatchNormalization", "Layers/BatchNormalization.py")
rnn = _of("RNN", "Layers/RNN.py")
lstm = _of("LSTM", "Layers/LSTM.py")
loss = _of("CrossEntropyLoss", "Optimization/Loss.py")
sgd = _of("Sgd", "Optimization/Optimizers.py")
momentum = _of("SgdWithMomentum", "Optimization/Optimizers.py")
adam = _of("Adam", "Optimization/Optimizers.py")
l1 = _of("L1_Regularizer", "Optimization/Constraints.py")
l2 = _of("L2_Regularizer", "Optimization/Constraints.py")
network = _of("NeuralNetwork", "NeuralNetwork.py")

_UPDATE = """        if self.optimizer is not None:
            self.weights = self.optimizer.calculate_update(self.weights, self.gradient_weights)
"""
_ALL_CONV = "forward forward_strided forward_one_dimension forward_even"

FAULTS = [
    dense(
        "error with updated weights",
        f"""        error_below = error_tensor @ self.weights[:-1].T
        self.gradient_weights = self.extended.T @ error_tensor
{_UPDATE}        return error_below
""",
        f"""        self.gradient_weights = self.extended.T @ error_tensor
{_UPDATE}        return error_tensor @ self.weights[:-1].T
""",
        "error_before_update",
        "this is the error for the already updated weights",
    ),
    dense(
        "input kept for all layers",
        "self.extended = ",
        "FullyConnected.extended = ",
        "repeatable",
        "two layers share what they remember",
    ),
    dense(
        "bias initializer ignored",
        "bias_initializer.initialize((1,",
        "weights_initializer.initialize((1,",
        "initializes",
        "the bias initializer is ignored",
    ),
    dense(
        "fan_in counts the bias",
        "fans = self.input_size, self.output_size",
        "fans = self.input_size + 1, self.output_size",
        "initializes",
        "the bias is counted as an input",
    ),
    dense("weights never updated", _UPDATE, "", "updates optimizer_state", "are never updated"),
    dense(
        "optimizer copied in every call",
        "self.weights = self.optimizer.calculate",
        "import copy; self.weights = copy.deepcopy(self.optimizer).calculate",
        "optimizer_state",
        "state is lost between calls",
    ),
    dense("trainable not set", "        self.trainable = True\n", "", "starts", "expected True"),
    dense(
        "weights normal, not uniform",
        "np.random.rand(input_size + 1, output_size)",
        "np.random.randn(input_size + 1, output_size)",
        "starts",
        "not drawn uniformly",
    ),
    dense(
        "gradient averaged",
        "self.extended.T @ error_tensor",
        "self.extended.T @ error_tensor / len(error_tensor)",
        "gradient_weights",
        "averaged over the batch",
    ),
    dense(
        "bias column in the error",
        "error_tensor @ self.weights[:-1].T",
        "error_tensor @ self.weights.T",
        "error",
        "the bias's column is still in the error",
    ),
    dense(
        "transposed weights kept from the constructor",
        """        error_below = error_tensor @ self.weights[:-1].T
""",
        """        self.kept = getattr(self, "kept", self.weights[:-1].T)
        error_below = error_tensor @ self.kept
""",
        "replaced_weights",
        "something derived from the former weights is kept",
    ),
    apart(
        "bias never updated",
        "            self.offset = self.for_offset.calculate_update(self.offset, "
        "self.gradient_offset)\n",
        "",
        "updates optimizer_state",
        "weights after backward",
    ),
    apart(
        "one optimizer state for two tensors",
        "self.for_offset = copy.deepcopy(optimizer)",
        "self.for_offset = optimizer",
        "optimizer_state",
        "one optimizer state serves two tensors",
    ),
    relu(
        "input changed",
        "        return np.maximum(input_tensor, 0)",
        "        input_tensor[input_tensor < 0] = 0\n        return input_tensor",
        "pure",
        "in place",
    ),
    relu(
        "mask from the error",
        "error_tensor * self.positive",
        "np.maximum(error_tensor, 0)",
        "relu_backward",
        "the mask is taken from the error",
    ),
    relu(
        "mask of the first call kept",
        "self.positive = input_tensor > 0",
        'self.positive = getattr(self, "positive", input_tensor > 0)',
        "repeatable",
        "backward",
    ),
    sigmoid(
        "overflow",
        "0.5 * (1 + np.tanh(0.5 * input_tensor))",
        "1 / (1 + np.exp(-input_tensor))",
        "large_inputs",
        "overflows",
    ),
    sigmoid(
        "derivative of the input",
        "self.activations * (1 - self.activations)",
        "self.activations",
        "sigmoid_backward",
        "a factor is missing",
    ),
    tanh(
        "square missing",
        "1 - self.activations**2",
        "1 - self.activations",
        "tanh_backward",
        "the square is missing",
    ),
    tanh(
        "by exponentials",
        "np.tanh(input_tensor)",
        "(np.exp(input_tensor) - np.exp(-input_tensor))"
        " / (np.exp(input_tensor) + np.exp(-input_tensor))",
        "large_inputs",
        "overflows",
    ),
    softmax(
        "input changed",
        """shifted = input_tensor - np.max(input_tensor, axis=1, keepdims=True)
        exponentials = np.exp(shifted)""",
        """input_tensor -= np.max(input_tensor, axis=1, keepdims=True)
        exponentials = np.exp(input_tensor)""",
        "pure",
        "in place",
    ),
    softmax(
        "shifted by the maximum of all",
        "np.max(input_tensor, axis=1, keepdims=True)",
        "np.max(input_tensor)",
        "softmax_shift",
        "each row's own maximum",
    ),
    softmax(
        "diagonal only",
        "self.y * (error_tensor - weighted)",
        "self.y * (1 - self.y) * error_tensor",
        "softmax_backward",
        "only the diagonal of the Jacobian",
    ),
    flatten(
        "error stays flat",
        "error_tensor.reshape(self.shape)",
        "error_tensor",
        "flatten_backward",
        "passed on flat",
    ),
    flatten(
        "Fortran order",
        "input_tensor.reshape(self.shape[0], -1)",
        'input_tensor.reshape(self.shape[0], -1, order="F")',
        "flatten_forward",
        "Fortran",
    ),
    conv(
        "stride as a number",
        """        if isinstance(stride_shape, int):
            stride_shape = [stride_shape] * axes
""",
        "",
        "stride_forms",
        "accept a single number as well",
    ),
    conv(
        "kernel flipped",
        'signal.correlate(channel, plane, mode="same")',
        'signal.convolve(channel, plane, mode="same")',
        _ALL_CONV,
        "the kernel is flipped",
    ),
    conv(
        "bias added per channel",
        """plane, mode="same")
                output[b, k] += self.bias[k]""",
        """plane, mode="same")
                    output[b, k] += self.bias[k]""",
        _ALL_CONV,
        "the bias is added once per input channel",
    ),
    conv(
        "error: wrong side for even kernels",
        "inner = tuple(slice(p, p + n) for p, n in zip(before, x.shape[2:]))",
        "inner = tuple(slice((k - 1) // 2, (k - 1) // 2 + n) for k, n in zip(kernel, x.shape[2:]))",
        "backward_even backward_even_strided",
        "the extra zero of an even kernel were on the other side",
    ),
    conv(
        "gradient: wrong side for even kernels",
        "[(p, n - 1 - p) for p, n in zip(before, kernel)]",
        "[(n - 1 - p, p) for p, n in zip(before, kernel)]",
        "backward_even backward_even_strided",
        "the extra zero of an even kernel were on the other side",
    ),
    conv(
        "gradients wrong for even kernels with stride only",
        "before = [n // 2 for n in kernel]",
        "before = [n // 2 if s == 1 else (n - 1) // 2 for n, s in zip(kernel, self.stride)]",
        "backward_even_strided",
        "the extra zero of an even kernel were on the other side",
    ),
    conv(
        "bias never updated",
        "            self.bias = self.optimizer_bias.calculate_update"
        "(self.bias, self.gradient_bias)\n",
        "",
        "updates optimizer_state",
        "the bias is not updated",
    ),
    conv(
        "one optimizer state",
        "self.optimizer_bias = copy.deepcopy(optimizer)",
        "self.optimizer_bias = self.optimizer_weights",
        "optimizer_state",
        "one optimizer state serves two tensors",
    ),
    conv(
        "fan_out without the kernel's size",
        "self.num_kernels * area",
        "self.num_kernels",
        "initializes",
        "fan_out leaves out the kernel's size",
    ),
    conv(
        "gradient overwritten by the last sample",
        "self.gradient_weights[k, c] += signal",
        "self.gradient_weights[k, c] = signal",
        "backward backward_strided backward_one_dimension backward_even backward_even_strided",
        "only the last sample of the batch",
    ),
    conv(
        "strides exchanged",
        "for s in self.stride]",
        "for s in self.stride[::-1]]",
        "forward_strided backward_strided pure repeatable",
        "the two strides are exchanged",
    ),
    pooling(
        "every tied maximum",
        "below[place] += error_tensor[index]",
        "below[self.window(index)] += error_tensor[index]"
        " * (self.x[self.window(index)] == self.x[place])",
        "ties",
        "every tied maximum gets the whole error",
    ),
    pooling(
        "overlaps overwrite",
        "below[place] += error_tensor[index]",
        "below[place] = error_tensor[index]",
        "backward",
        "overlapping windows overwrite each other",
    ),
    pooling(
        "maximum starts at 0",
        "window.max()",
        "max(0, window.max())",
        "forward",
        "negative values are lost",
    ),
    xavier(
        "root missing",
        "np.sqrt(2 / (fan_in + fan_out))",
        "2 / (fan_in + fan_out)",
        "xavier",
        "the root is missing",
    ),
    xavier(
        "fans from the shape",
        "np.sqrt(2 / (fan_in + fan_out))",
        "np.sqrt(2 / (weights_shape[0] + weights_shape[1]))",
        "xavier shape",
        "from the shape",
    ),
    he(
        "fan_out used",
        "sigma = np.sqrt(2 / fan_in)",
        "sigma = np.sqrt(2 / fan_out)",
        "he",
        "exchanged",
    ),
    uniform(
        "normal numbers",
        "np.random.rand(*weights_shape)",
        "np.random.randn(*weights_shape)",
        "uniform",
        "normally distributed",
    ),
    dropout(
        "probability of dropping",
        "< self.probability",
        ">= self.probability",
        "keeps_with_probability",
        "probability of dropping",
    ),
    dropout(
        "not scaled",
        "kept / self.probability",
        "kept * 1.0",
        "scales",
        "the division by the probability is left out",
    ),
    dropout(
        "drops when testing",
        "if self.testing_phase:",
        "if False:",
        "testing_phase",
        "dropped in the testing phase too",
    ),
    dropout(
        "error not masked",
        "error_tensor * self.mask",
        "error_tensor",
        "backward_uses_the_mask",
        "the error passes everywhere",
    ),
    dropout(
        "one mask for the batch",
        "np.random.rand(*input_tensor.shape)",
        "np.random.rand(*input_tensor.shape[1:])",
        "keeps_with_probability",
        "one mask is drawn for all samples",
    ),
    norm(
        "unbiased variance",
        "x.var(axis=0)",
        "x.var(axis=0, ddof=1)",
        "forward forward_image running_start running_decay testing_leaves_statistics backward"
        " backward_image",
        "divided by N − 1",
    ),
    norm("large ε", "np.finfo(float).eps", "1e-5", "small_epsilon", "too large"),
    norm(
        "running statistics never updated",
        "            else:\n                self.running_mean",
        "            elif False:\n                self.running_mean",
        "running_decay",
        "never updated",
    ),
    norm(
        "running statistics overwritten",
        "self.decay = 0.8",
        "self.decay = 0.0",
        "running_decay",
        "overwritten by the last batch",
    ),
    norm(
        "running statistics start with 0 and 1",
        "self.running_mean = self.running_variance = None",
        "self.running_mean, self.running_variance = np.zeros(channels), np.ones(channels)",
        "running_start testing_leaves_statistics",
        "start with 0 or 1",
    ),
    norm(
        "batch statistics when testing",
        "if self.testing_phase:",
        "if False:",
        "running_start running_decay testing_leaves_statistics",
        "the batch's own statistics are used in the testing phase",
    ),
    norm(
        "initializers used",
        "self.weights = np.ones(self.channels)",
        "self.weights = np.ones(self.channels) if weights_initializer is None"
        " else weights_initializer.initialize((self.channels,), 1, 1)",
        "starts",
        "the initializers are used",
    ),
    norm(
        "reformat mixes channels",
        "tensor.transpose(0, 2, 3, 1).reshape(-1, self.channels)",
        "tensor.reshape(-1, self.channels)",
        "reformats forward_image testing_leaves_statistics backward_image gradients",
        "channel",
    ),
    norm(
        "error with updated γ",
        "return self.reformat(below)",
        "below = self.weights / self.deviation * inner; return self.reformat(below)",
        "error_before_update",
        "this is the error for the already updated weights",
    ),
    norm(
        "one optimizer state",
        "self.optimizer_bias = copy.deepcopy(optimizer)",
        "self.optimizer_bias = self.optimizer_weights",
        "optimizer_state",
        "one optimizer state serves two tensors",
    ),
    norm(
        "mean taken as constant",
        "error - error.mean(axis=0) - self.normalized",
        "error - self.normalized",
        "backward backward_image",
        "the share of the mean is missing",
    ),
    norm(
        "β never updated",
        "            self.bias = self.optimizer_bias.calculate_update"
        "(self.bias, self.gradient_bias)\n",
        "",
        "updates optimizer_state",
        "not updated",
    ),
    rnn(
        "output sigmoid missing",
        "y = sigmoid.forward(self.output_fc.forward(h[None]))[0]",
        "y = self.output_fc.forward(h[None])[0]; sigmoid.backward = lambda error: error",
        "forward",
        "the sigmoid at the output is missing",
    ),
    rnn(
        "hidden tanh missing",
        "h = tanh.forward(self.hidden_fc.forward(joined))[0]",
        "h = self.hidden_fc.forward(joined)[0]; tanh.backward = lambda error: error",
        "forward initializes output_weights_update optimizer_state regularization",
        "does not go through tanh",
    ),
    rnn(
        "second sequence with the first one's values",
        "        self.steps = []\n",
        '        self.steps = getattr(self, "steps", [])\n',
        "second_sequence gradients_stay_in_the_call repeatable optimizer_state",
        "the stored values of the first sequence are used again",
    ),
    rnn(
        "state kept without memorizing",
        "h = self.state if self.memorize else np.zeros(self.hidden_size)",
        "h = self.state",
        "starts_each_call_anew repeatable output_weights_update optimizer_state",
        "kept although `memorize` is False",
    ),
    rnn(
        "state forgotten while memorizing",
        "self.state if self.memorize else np.zeros(self.hidden_size)",
        "np.zeros(self.hidden_size)",
        "memorizes",
        "the state is forgotten between calls",
    ),
    rnn(
        "one optimizer state for two matrices",
        "self.optimizer_output = copy.deepcopy(optimizer)",
        "self.optimizer_output = self.optimizer_hidden",
        "optimizer_state",
        "one optimizer state serves two tensors",
    ),
    rnn(
        "output weights never updated",
        """            self.output_fc.weights = self.optimizer_output.calculate_update(
                self.output_fc.weights, gradient_output
            )
""",
        "",
        "output_weights_update optimizer_state",
        "never updated",
    ),
    rnn(
        "updated in every time step",
        "gradient_output += self.output_fc.gradient_weights",
        "gradient_output += self.output_fc.gradient_weights\n"
        "            self.hidden_fc.optimizer = self.optimizer_hidden",
        "updates optimizer_state error_before_update",
        "several times in one backward pass",
    ),
    rnn(
        "no flow through time",
        "from_later = error[:, self.input_size :]",
        "pass",
        "backward second_sequence gradients_stay_in_the_call",
        "does not flow back through the hidden state",
    ),
    rnn(
        "last step's gradient only",
        "self.gradient_weights += self.hidden_fc.gradient_weights",
        "self.gradient_weights = self.hidden_fc.gradient_weights",
        "backward second_sequence gradients_stay_in_the_call",
        "only one step's gradient is kept",
    ),
    rnn(
        "regularization of the first matrix only",
        " + norm(self.output_fc.weights)",
        "",
        "regularization",
        "only the first weight matrix is counted",
    ),
    rnn(
        "regularization of activations",
        "norm(self.hidden_fc.weights) + norm(self.output_fc.weights)",
        "sum(norm(kept[0]) for kept in self.steps)",
        "regularization",
        "the norm of activations",
    ),
    rnn(
        "second layer not initialized",
        "        self.output_fc.initialize(weights_initializer, bias_initializer)\n",
        "",
        "initializes",
        "is ignored",
    ),
    lstm(
        "cell state forgotten between calls",
        "h, c = self.state, self.cell",
        "h = self.state",
        "memorizes",
        "the cell state is forgotten between calls",
    ),
    lstm(
        "without gates",
        "f, i, g, o = sigmoid(f), sigmoid(i), np.tanh(g), sigmoid(o)",
        "f = i = o = np.ones_like(g); g = np.tanh(g)",
        "forward",
        "the gates are missing",
    ),
    lstm(
        "forget gate missing",
        "c = f * c + i * g",
        "c = c + i * g",
        "forward backward second_sequence gradients_stay_in_the_call output_weights_update"
        " optimizer_state",
        "the forget gate is missing",
    ),
    lstm(
        "tanh of the cell state missing",
        "h = o * np.tanh(c)",
        "h = o * c",
        "forward backward second_sequence gradients_stay_in_the_call",
        "the tanh of the cell state is missing",
    ),
    loss("averaged", "np.sum(-np.log", "np.mean(-np.log", "forward", "averaged over the batch"),
    loss("another ε", "np.finfo(float).eps", "1e-10", "epsilon", "not the machine epsilon"),
    loss(
        "gradient as if SoftMax were part of it",
        "-label_tensor / self.prediction",
        "self.prediction - label_tensor",
        "epsilon backward",
        "ε is another one",
    ),
    sgd(
        "regularizer ignored",
        "self.shrunk(weight_tensor) - self.learning_rate * gradient_tensor",
        "weight_tensor - self.learning_rate * gradient_tensor",
        "sgd_regularizer",
        "the regularizer is ignored",
    ),
    momentum(
        "velocity not kept",
        "self.v = self.momentum_rate * self.v - self.learning_rate * gradient_tensor",
        "self.v = -self.learning_rate * gradient_tensor",
        "momentum momentum_floats momentum_regularizer",
        "the velocity is not kept",
    ),
    momentum(
        "regularizer inside the momentum",
        "        self.v = self.momentum_rate * self.v - self.learning_rate * "
        "gradient_tensor\n        return self.shrunk(weight_tensor) + self.v",
        "        if self.regularizer is not None:\n"
        "            gradient_tensor = gradient_tensor"
        " + self.regularizer.calculate_gradient(weight_tensor)\n"
        "        self.v = self.momentum_rate * self.v - self.learning_rate * "
        "gradient_tensor\n        return weight_tensor + self.v",
        "momentum_regularizer",
        "outside momentum and moments",
    ),
    adam(
        "no bias correction",
        "v = self.v / (1 - self.mu**self.k)",
        "v = self.v",
        "adam adam_floats adam_regularizer",
        "the bias correction of v is missing",
    ),
    adam(
        "step not counted",
        "self.k += 1",
        "self.k = 1",
        "adam adam_floats adam_regularizer",
        "stays at 1",
    ),
    adam("ε missing", " + np.finfo(float).eps", "", "adam_at_rest", "ε is left out"),
    adam(
        "learning rate of the regularizer left out",
        "weight_tensor - self.learning_rate * gradient\n",
        "weight_tensor - gradient\n",
        "adam_regularizer",
        "the learning rate is left out for the regularizer",
    ),
    l1("sign missing", "np.sign(weights)", "np.abs(weights)", "l1_gradient", "absolute value"),
    l2(
        "factor 2",
        "return self.alpha * weights\n",
        "return 2 * self.alpha * weights\n",
        "l2_gradient",
        "a factor 2 is in it",
    ),
    l2(
        "root taken",
        "np.sum(weights**2)",
        "np.sqrt(np.sum(weights**2))",
        "l2_norm",
        "the root is taken",
    ),
    network(
        "train stays in the testing phase",
        "        self.phase = False\n",
        '        self._phase = getattr(self, "_phase", False)\n',
        "trains trains_after_test",
        "stays in the testing phase",
    ),
    network(
        "regularization left out",
        "self.label) + penalty",
        "self.label)",
        "regularization",
        "the regularization loss is left out",
    ),
    network(
        "regularization of the first layer only",
        "if layer.trainable and layer.optimizer.regularizer is not None:",
        "if layer is self.layers[0] and layer.optimizer.regularizer is not None:",
        "regularization",
        "only the first layer's regularization is counted",
    ),
    network(
        "regularization of activations",
        """                if hasattr(layer, "calculate_regularization_loss"):
                    penalty += layer.calculate_regularization_loss()
                else:
                    penalty += layer.optimizer.regularizer.norm(layer.weights)""",
        "                penalty += layer.optimizer.regularizer.norm(x)",
        "regularization",
        "the norm of activations",
    ),
    network(
        "optimizer shared",
        "copy.deepcopy(self.optimizer)",
        "self.optimizer",
        "appends",
        "the optimizer is not copied",
    ),
    network(
        "optimizer copied flat",
        "copy.deepcopy(self.optimizer)",
        "copy.copy(self.optimizer)",
        "appends",
        "shallow copy",
    ),
    network(
        "bias initializer ignored",
        "layer.initialize(self.weights_initializer, self.bias_initializer)",
        "layer.initialize(self.weights_initializer, self.weights_initializer)",
        "initializes",
        "the bias initializer is ignored",
    ),
    network(
        "never in the testing phase",
        "        self.phase = True\n",
        "        self._phase = True\n",
        "tests trains_after_test",
        "does not set the phase",
    ),
    network(
        "two batches in one pass",
        "        x, self.label = self.data_layer.next()\n",
        "        x = self.data_layer.next()[0]\n        self.label = self.data_layer.next()[1]\n",
        "forward regularization backward trains",
        "input and label come from different batches",
    ),
    network(
        "backward in forward order",
        "in reversed(self.layers)",
        "in self.layers",
        "backward trains",
        "order of the calls",
    ),
    network(
        "loss not kept",
        "self.loss.append(self.forward())",
        "self.forward()",
        "trains",
        "not appended to",
    ),
]
