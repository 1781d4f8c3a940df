"""The requirements, as properties: functions of a class that raise `NotMet` if it lacks them.

Each can be used by itself, for instance as a property of a checked exercise::

    from course_utils.verify.properties import activations
    activations.relu_backward(MyReLU)
"""
