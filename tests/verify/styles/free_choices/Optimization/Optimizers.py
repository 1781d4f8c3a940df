import numpy as np


class Optimizer:
    regularizer = None

    def add_regularizer(self, regularizer):
        self.regularizer = regularizer

    def calculate_update(self, weight_tensor, gradient_tensor):
        shrink = 0
        if self.regularizer:
            shrink = self.lr * self.regularizer.calculate_gradient(weight_tensor)
        weight_tensor -= shrink  # in place for arrays
        weight_tensor -= self.step(gradient_tensor)
        return weight_tensor


class Sgd(Optimizer):
    def __init__(self, learning_rate):
        self.lr = learning_rate

    def step(self, gradient):
        return self.lr * gradient


class SgdWithMomentum(Optimizer):
    def __init__(self, learning_rate, momentum_rate):
        self.lr, self.momentum = learning_rate, momentum_rate
        self.velocity = None

    def step(self, gradient):
        if self.velocity is None:
            self.velocity = np.zeros_like(gradient, dtype=float)
        self.velocity = self.momentum * self.velocity + self.lr * gradient
        return self.velocity


class Adam(Optimizer):
    def __init__(self, learning_rate, mu, rho):
        self.lr, self.mu, self.rho = learning_rate, mu, rho
        self.first, self.second, self.calls = 0, 0, 0

    def step(self, gradient):
        self.calls += 1
        self.first = self.mu * self.first + (1 - self.mu) * gradient
        self.second = self.rho * self.second + (1 - self.rho) * np.square(gradient)
        rate = self.lr * np.sqrt(1 - self.rho**self.calls) / (1 - self.mu**self.calls)
        return rate * self.first / (np.sqrt(self.second) + 1e-10)
