// Where the lattice of Point and Points lies on the picture.

class Plane {
  // `place` says where its corners are, as shares of the picture's width and height: the first and
  // the last column from the left, the first and the last row from the top.
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
    this.place = null;
  }

  // The shares at which a point is.
  at([x, y]) {
    const [left, right, bottom, top] = this.place;
    return [
      left + ((right - left) * x) / (this.columns - 1),
      bottom + ((top - bottom) * y) / (this.rows - 1),
    ];
  }

  // The shares that one step takes.
  cell() {
    const [left, right, bottom, top] = this.place;
    return [Math.abs(right - left) / (this.columns - 1), Math.abs(top - bottom) / (this.rows - 1)];
  }

  // The column and row nearest to a place on the page, and how far across it is, from 0 to 1.
  nearest(clientX, clientY, box) {
    const [left, right, bottom, top] = this.place;
    const x = ((clientX - box.left) / box.width - left) / (right - left);
    const y = ((clientY - box.top) / box.height - bottom) / (top - bottom);
    return [Math.round(x * (this.columns - 1)), Math.round(y * (this.rows - 1)), x, y];
  }

  // Whether columns count to the right and rows upward (1) or the other way, as a picture's rows do.
  ways() {
    const [left, right, bottom, top] = this.place ?? [0, 1, 1, 0];
    return [Math.sign(right - left), Math.sign(bottom - top)];
  }

  // The place that is farthest from all points, of a few: where a button puts a new one.
  loneliest(points) {
    const [columns, rows] = [this.columns - 1, this.rows - 1];
    let best = [0, 0];
    let most = -1;
    for (let i = 1; i < 8; i += 1) {
      for (let j = 1; j < 8; j += 1) {
        const distances = points.map(([x, y]) => Math.hypot(x / columns - i / 8, y / rows - j / 8));
        const nearest = Math.min(1, ...distances);
        if (nearest <= most) continue;
        most = nearest;
        best = [Math.round((columns * i) / 8), Math.round((rows * j) / 8)];
      }
    }
    return best;
  }
}
