"""What lecture 08 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "segmentation and detection"

FORMULAS = (
    Formula(
        _TOPIC,
        "Segmentation, detection",
        r"\text{pixel} \to \text{class}; \quad \text{image} \to \{(\text{box}_i, \text{score}_i)\}",
        "Touching objects are one region of a mask; boxes stay apart, so they can be counted.",
    ),
    Formula(
        _TOPIC,
        "Intersection over union",
        r"\text{IoU}(A, B) = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}",
        "Cut width and height of the intersection off at 0 before multiplying.",
    ),
    Formula(
        _TOPIC,
        "Non-maximum suppression",
        r"\text{keep the best; drop } \text{IoU} > \tau; \text{ repeat}",
        "A box is compared with kept ones only. It drops neighbours too, if they stand close.",
    ),
    Formula(
        _TOPIC,
        "Average precision",
        r"\text{AP} = \sum_k (r_k - r_{k-1}) \max_{j \ge k} p_j,"
        r"\quad p_k = \tfrac{\text{right}}{k},\; r_k = \tfrac{\text{right}}{\text{all people}}",
        "Detections sorted by score; one match for each true box, a second one is wrong.",
    ),
)
