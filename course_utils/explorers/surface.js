// What a canvas shows, and how pieces of pictures are brought to it: see packing.py and frames.py.

// Both decode in another thread. The first is quicker by a trip to the browser's blob store, and is
// there only on secure pages, which http://localhost is, too.
const decode = (png) =>
  "ImageDecoder" in window
    ? new ImageDecoder({ data: png, type: "image/png" }).decode().then(({ image }) => image)
    : createImageBitmap(new Blob([png], { type: "image/png" }));

// `count` words of a view. A copy, since a word begins at a multiple of four bytes.
const wordsOf = ({ buffer, byteOffset }, count, start = 0) =>
  new Uint32Array(buffer.slice(byteOffset + start, byteOffset + start + 4 * count));

// A coarse picture is drawn as large, each of its pixels as a square: as on a screen that is less
// sharp, and without any of a tile's neighbours in the list bleeding into it.
class Surface {
  constructor(canvas) {
    this.canvas = canvas;
    // in memory rather than on the graphics card, to which each tile would travel by itself
    this.context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    this.copy = null; // of the canvas's pixels, up to whole tiles; made when tiles come
  }

  // What must be awaited before a piece can be drawn: only a PNG must.
  prepare(message, [pixels]) {
    return message.packing === "png" ? decode(pixels) : null;
  }

  draw(message, bitmap, [pixels, tiles]) {
    if (!tiles.byteLength) {
      this.drawWhole(message, bitmap);
    } else {
      const places = wordsOf(tiles, tiles.byteLength / 4);
      const words = this.copied(message);
      if (bitmap) this.copyTiles(words, message, places, bitmap);
      else this.unpackRuns(words, message, places, pixels);
      this.putRows(message, places);
    }
    bitmap?.close();
  }

  drawWhole({ width, height, scale }, bitmap) {
    const { canvas, context } = this;
    // the first picture is always a sharp one
    if (scale === 1 && (canvas.width !== width || canvas.height !== height)) {
      canvas.width = width;
      canvas.height = height;
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(bitmap, 0, 0, scale * width, scale * height);
    this.copy = null;
  }

  // The copy's pixels, a word each.
  copied({ height, columns, scale, tile: side }) {
    const [across, down] = [columns * side, Math.ceil((height * scale) / side) * side];
    if (this.copy?.width !== across || this.copy.height !== down) {
      this.copy = this.context.getImageData(0, 0, across, down);
    }
    return new Uint32Array(this.copy.data.buffer);
  }

  unpackRuns(words, { tile, columns, scale }, places, packed) {
    const head = 2 * places.length;
    const repeated = new Uint16Array(packed.buffer.slice(packed.byteOffset, packed.byteOffset + head));
    const count = (packed.byteLength - head) / 5;
    const values = wordsOf(packed, count, head);
    const more = new Uint8Array(packed.buffer, packed.byteOffset + head + 4 * count, count);
    const [side, width] = [tile / scale, columns * tile];
    let [run, left] = [-1, 0];
    places.forEach((place, index) => {
      let row = Math.floor(place / columns) * tile * width + (place % columns) * tile;
      for (let y = 0; y < side; y += 1, row += scale * width) {
        if ((repeated[index] >> y) & 1) {
          words.copyWithin(row, row - width, row - width + tile);
        } else {
          for (let at = row; at < row + tile; at += scale) {
            if (left-- === 0) left = more[(run += 1)];
            words[at] = values[run];
            if (scale === 2) words[at + 1] = values[run]; // half the resolution: see screen.py
          }
        }
        if (scale === 2) words.copyWithin(row + width, row, row + tile);
      }
    });
  }

  // The tiles of a PNG are read at once: drawing hundreds of parts of a picture that was just
  // decoded takes a hundred times as long.
  copyTiles(words, { tile: side, columns }, places, bitmap) {
    const across = Math.ceil(Math.sqrt(places.length));
    const down = Math.ceil(places.length / across);
    const context = Surface.reader;
    context.canvas.width = Math.max(context.canvas.width, across * side);
    context.canvas.height = Math.max(context.canvas.height, down * side);
    context.imageSmoothingEnabled = false; // a canvas forgets it with its size
    context.drawImage(bitmap, 0, 0, across * side, down * side);
    const { data } = context.getImageData(0, 0, across * side, down * side);
    const source = new Uint32Array(data.buffer);
    places.forEach((place, index) => {
      let from = Math.floor(index / across) * side * across * side + (index % across) * side;
      let to = Math.floor(place / columns) * side * columns * side + (place % columns) * side;
      for (let y = 0; y < side; y += 1, from += across * side, to += columns * side) {
        words.set(source.subarray(from, from + side), to);
      }
    });
  }

  // Places ascend, so those of a row follow each other; one call a row is quicker than one a tile.
  putRows({ tile: side, columns }, places) {
    for (let first = 0, next = 0; first < places.length; first = next) {
      const row = Math.floor(places[first] / columns);
      while (next < places.length && places[next] < (row + 1) * columns) next += 1;
      const left = (places[first] % columns) * side;
      const width = (places[next - 1] - places[first] + 1) * side;
      this.context.putImageData(this.copy, 0, 0, left, row * side, width, side);
    }
  }

  static #reader = null;
  static get reader() {
    return (Surface.#reader ??= new OffscreenCanvas(1, 1).getContext("2d", {
      alpha: false,
      willReadFrequently: true,
    }));
  }
}
