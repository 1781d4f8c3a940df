// The brush of Grid: a disc whose edge is soft where there are levels between.

// Changes `value`, the levels row by row, around the place [x, y], in cells. The cell in which the
// place is counts as covered whole, so that a click always does something.
function dab({ shape: [rows, columns], levels, clear }, value, [x, y], { width, erasing }) {
  const top = levels.length - 1;
  const radius = width / 2;
  for (let row = Math.floor(y - radius - 1); row <= y + radius + 1; row += 1) {
    for (let column = Math.floor(x - radius - 1); column <= x + radius + 1; column += 1) {
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
      const within = row === Math.round(y) && column === Math.round(x);
      const distance = Math.hypot(row - y, column - x);
      const cover = within ? 1 : clip(radius + 0.5 - distance, 0, 1);
      const cell = row * columns + column;
      value[cell] = erasing
        ? Math.min(value[cell], clear + Math.round((1 - cover) * (top - clear)))
        : Math.max(value[cell], Math.round(cover * top));
    }
  }
}
