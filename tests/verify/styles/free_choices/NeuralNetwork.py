from copy import deepcopy

import numpy as np
from Layers.RNN import RNN


class NeuralNetwork(object):
    """The phase is a word, the penalty is summed apart, layers are initialized first."""

    def __init__(self, optimizer, weights_initializer, bias_initializer):
        self.optimizer, self.inits = optimizer, (weights_initializer, bias_initializer)
        self.layers = []
        self.loss = []
        self.phase = "training"

    def set_phase(self, word):
        self.phase = word
        for layer in self.layers:
            layer.testing_phase = word == "testing"

    def append_layer(self, layer):
        if layer.trainable:
            layer.initialize(*self.inits)
            layer.optimizer = deepcopy(self.optimizer)
        self.layers = [*self.layers, layer]

    def penalty(self):
        if not self.optimizer.regularizer:
            return 0.0
        recurrent = [la for la in self.layers if isinstance(la, RNN)]
        others = [la for la in self.layers if la.trainable and la not in recurrent]
        total = sum(layer.calculate_regularization_loss() for layer in recurrent)
        return total + sum(la.optimizer.regularizer.norm(la.weights) for la in others)

    def forward(self):
        batch = self.data_layer.next()
        self.label = batch[1]
        loss = self.loss_layer.forward(self.run(batch[0]), self.label)
        return np.array(loss + self.penalty())

    def run(self, tensor):
        for layer in self.layers:
            tensor = layer.forward(tensor)
        return tensor

    def backward(self):
        tensor = self.loss_layer.backward(self.label)
        for layer in self.layers[::-1]:
            tensor = layer.backward(tensor)
        return tensor

    def train(self, iterations):
        self.set_phase("training")
        for i in range(iterations):
            print("step", i)
            loss = self.forward()
            self.backward()
            self.loss += [loss]

    def test(self, input_tensor):
        self.set_phase("testing")
        return self.run(input_tensor)
