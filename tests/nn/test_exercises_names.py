"""Code written for the exercises runs after changing only its imports."""

import importlib
import subprocess
import sys

import numpy as np
import pytest

EXERCISE_CODE = """
import numpy as np
{imports}

class Doubling(BaseLayer):
    def __init__(self):
        super().__init__()

    def forward(self, input_tensor):
        return 2 * input_tensor

    def backward(self, error_tensor):
        return 2 * error_tensor

np.random.seed(1337)
optimizer = Optimizers.Adam(5e-3, 0.98, 0.999)
optimizer.add_regularizer(Constraints.L2_Regularizer(8e-4))
net = NeuralNetwork.NeuralNetwork(optimizer, Initializers.He(), Initializers.Constant(0.1))
net.data_layer = Helpers.DigitData(100)
net.loss_layer = Loss.CrossEntropyLoss()
net.append_layer(Conv.Conv((1, 1), (1, 3, 3), 4))
net.append_layer(BatchNormalization.BatchNormalization(4))
net.append_layer(ReLU.ReLU())
net.append_layer(Pooling.Pooling((2, 2), (2, 2)))
net.append_layer(Flatten.Flatten())
net.append_layer(Doubling())
net.append_layer(Dropout.Dropout(0.9))
net.append_layer(FullyConnected.FullyConnected(64, 10))
net.append_layer(SoftMax.SoftMax())
net.train(150)
data, labels = net.data_layer.get_test_set()
accuracy = Helpers.calculate_accuracy(net.test(data), labels)
assert accuracy > 0.85, accuracy
del net.layers[5]
NeuralNetwork.save("net.npz", net)
loaded = NeuralNetwork.load("net.npz", net.data_layer)
assert (loaded.test(data) == net.test(data)).all()
loaded.train(1)
print(LeNet.build().layers[0], LSTM.LSTM(2, 3, 4).forward(np.ones((5, 2))).shape)
"""

IMPORTS = """
from Layers import *
from Layers import Helpers, Initializers
from Layers.Base import BaseLayer
from Optimization import Constraints, Loss, Optimizers
from Models import LeNet
import NeuralNetwork
"""


def with_our_imports(imports):
    """Change the imports as the documentation of course_utils.nn.exercises says."""
    ours = "course_utils.nn.exercises"
    return imports.replace("from ", f"from {ours}.").replace("\nimport ", f"\nfrom {ours} import ")


def test_a_script_of_the_exercises_runs(tmp_path):
    script = tmp_path / "exercise.py"
    script.write_text(EXERCISE_CODE.format(imports=with_our_imports(IMPORTS)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Conv(" in done.stdout
    assert "(5, 4)" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        *("FullyConnected", "Conv", "Pooling", "Flatten", "ReLU", "LeakyReLU", "Sigmoid", "TanH"),
        *("SoftMax", "Dropout", "BatchNormalization", "RNN", "LSTM"),
    ],
)
def test_every_layer_has_a_module_of_its_name(name):
    module = importlib.import_module(f"course_utils.nn.exercises.Layers.{name}")
    flat = importlib.import_module("course_utils.nn")
    assert getattr(module, name) is getattr(flat, name)
    assert module.__all__ == [name]


def test_star_imports_bring_the_modules():
    namespace = {}
    exec("from course_utils.nn.exercises.Layers import *", namespace)
    assert namespace["ReLU"].ReLU().forward(np.array([[-1.0, 1.0]])).tolist() == [[0, 1]]
    assert {"Base", "Helpers", "Initializers"} <= set(namespace)


def test_a_module_that_does_not_exist_is_an_import_error():
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("course_utils.nn.exercises.Layers.Convolution")


def test_helpers_hand_out_labelled_batches():
    helpers = importlib.import_module("course_utils.nn.exercises.Layers.Helpers")
    for data, shape, classes in (
        (helpers.IrisData(30), (30, 4), 3),
        (helpers.DigitData(20), (20, 1, 8, 8), 10),
        (helpers.RandomData(7, 5, 4), (5, 7), 4),
    ):
        x, y = data.next()
        assert x.shape == shape
        assert y.shape == (shape[0], classes)
        assert (y.sum(axis=1) == 1).all()
    x, y = helpers.IrisData(30).get_test_set()
    assert helpers.calculate_accuracy(y, y) == 1
    assert helpers.calculate_accuracy(np.roll(y, 1, axis=1), y) == 0


def test_importing_the_framework_imports_neither_torch_nor_anything_else_of_ours():
    code = (
        "import sys; import course_utils.nn.exercises;"
        "ours = {m for m in sys.modules if m.startswith('course_utils')};"
        "extra = {m for m in ours if m != 'course_utils' and not m.startswith('course_utils.nn')};"
        "assert not extra, extra; assert not {'torch', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
