"""An array shown as a picture of cells, drawn in a tenth of the time that ``imshow`` takes.

Matplotlib resamples an array to the screen's resolution in floating point, twice where it maps
colours, and maps them for every pixel. A cell's colour needs to be found only once, and which cell
a pixel shows depends on its row and its column alone.
"""

from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.transforms import IdentityTransform


class Raster(AxesImage):
    """An image whose pixels are looked up, or interpolated between neighbours, in two steps.

    It takes what an :class:`~matplotlib.image.AxesImage` takes; `interpolation` is ``"nearest"`` or
    ``"bilinear"``. On axes that are not straight, or for a page, Matplotlib draws it.
    """

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False) -> Any:
        """Return the picture, uint8, (rows, columns, 4), lowest row first, and its place."""
        transform = self.get_transform()
        straight = transform.is_affine and transform.is_separable
        if unsampled or magnification != 1 or not straight or self.get_alpha() is not None:
            return super().make_image(renderer, magnification, unsampled)
        left, right, bottom, top = self.get_extent()
        (left, bottom), (right, top) = transform.transform([(left, bottom), (right, top)])
        first, last = (bottom, top) if self.origin == "lower" else (top, bottom)
        clip = (self.get_clip_box() or self.axes.bbox).extents  # left, bottom, right, top
        values: Any = self.get_array()
        columns, x = _positions(left, right, clip[0], clip[2], values.shape[1])
        rows, y = _positions(first, last, clip[1], clip[3], values.shape[0])
        if not (len(columns) and len(rows)):
            return None, 0, 0, None
        if self.get_interpolation() == "bilinear":
            across, down = _weights(columns, values.shape[1]), _weights(rows, values.shape[0])
            blended = down @ np.ma.filled(values, np.nan) @ across.T
            return self.to_rgba(blended, bytes=True), x, y, IdentityTransform()
        cells = np.ascontiguousarray(self.to_rgba(values, bytes=True)).view(np.uint32)[..., 0]
        found = cells[:, _cell(columns, cells.shape[1])][_cell(rows, cells.shape[0])]
        return found[..., None].view(np.uint8), x, y, IdentityTransform()


def _positions(
    start: float, end: float, low: float, high: float, cells: int
) -> tuple[np.ndarray, int]:
    """Return where the pixels from `low` to `high` lie, counted in cells, and the first pixel.

    The cells begin at the pixel `start` and end at the pixel `end`, which may be the lower one.
    """
    begin = np.ceil(max(min(start, end), low) - 0.5)
    stop = np.ceil(min(max(start, end), high) - 0.5)
    return (np.arange(begin, stop) + 0.5 - start) / (end - start) * cells, int(begin)


def _cell(positions: np.ndarray, cells: int) -> np.ndarray:
    return np.clip(positions.astype(int), 0, cells - 1)


def _weights(positions: np.ndarray, cells: int) -> np.ndarray:
    """Return how much of each cell a pixel shows, shape (pixels, cells); cells are at centres."""
    centred = np.clip(positions - 0.5, 0, cells - 1)
    distances = np.abs(centred[:, None] - np.arange(cells))
    return np.maximum(1 - distances, 0).astype(np.float32)


def raster(
    axes: Axes,
    values: np.ndarray,
    *,
    aspect: Literal["equal", "auto"] = "equal",
    interpolation: str = "nearest",
    vmin: float | None = None,
    vmax: float | None = None,
    **look: Any,
) -> Raster:
    """Show an array in `axes` as ``axes.imshow`` does, for figures that follow a control.

    Parameters
    ----------
    axes
        Where.
    values
        Numbers, shape (rows, columns), or colours from 0 to 1, shape (rows, columns, 3 or 4).
    aspect
        ``"equal"`` for square cells, ``"auto"`` to fill the axes.
    interpolation
        ``"nearest"`` shows cells; ``"bilinear"`` blends their numbers.
    vmin, vmax
        The numbers at the ends of the colours; by default the least and the largest of `values`.
    **look
        Of :class:`~matplotlib.image.AxesImage`: `cmap`, `norm`, `origin`, `extent`.

    Raises
    ------
    ValueError
        If `interpolation` is another, or colours are to be blended.
    """
    if interpolation not in ("nearest", "bilinear"):
        raise ValueError(f"interpolation={interpolation!r}: choose 'nearest' or 'bilinear'.")
    if interpolation == "bilinear" and np.ndim(values) != 2:
        raise ValueError("Only numbers, shape (rows, columns), are blended; these are colours.")
    axes.set_aspect(aspect)
    image = Raster(axes, interpolation=interpolation, **look)
    image.set_data(values)
    if np.ndim(values) == 2:
        image.set_clim(vmin, vmax)
        image.autoscale_None()
    image.set_clip_path(axes.patch)
    image.set_extent(image.get_extent())
    axes.add_image(image)
    return image
