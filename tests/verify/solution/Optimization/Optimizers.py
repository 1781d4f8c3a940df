import numpy as np


class Optimizer:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.regularizer = None

    def add_regularizer(self, regularizer):
        self.regularizer = regularizer

    def shrunk(self, weight_tensor):
        if self.regularizer is None:
            return weight_tensor
        gradient = self.regularizer.calculate_gradient(weight_tensor)
        return weight_tensor - self.learning_rate * gradient


class Sgd(Optimizer):
    def calculate_update(self, weight_tensor, gradient_tensor):
        return self.shrunk(weight_tensor) - self.learning_rate * gradient_tensor


class SgdWithMomentum(Optimizer):
    def __init__(self, learning_rate, momentum_rate):
        super().__init__(learning_rate)
        self.momentum_rate = momentum_rate
        self.v = 0.0

    def calculate_update(self, weight_tensor, gradient_tensor):
        self.v = self.momentum_rate * self.v - self.learning_rate * gradient_tensor
        return self.shrunk(weight_tensor) + self.v


class Adam(Optimizer):
    def __init__(self, learning_rate, mu, rho):
        super().__init__(learning_rate)
        self.mu, self.rho = mu, rho
        self.v = self.r = 0.0
        self.k = 0

    def calculate_update(self, weight_tensor, gradient_tensor):
        self.k += 1
        self.v = self.mu * self.v + (1 - self.mu) * gradient_tensor
        self.r = self.rho * self.r + (1 - self.rho) * gradient_tensor**2
        v = self.v / (1 - self.mu**self.k)
        r = self.r / (1 - self.rho**self.k)
        step = self.learning_rate * v / (np.sqrt(r) + np.finfo(float).eps)
        return self.shrunk(weight_tensor) - step
