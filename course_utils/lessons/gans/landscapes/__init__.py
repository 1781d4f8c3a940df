"""Drawing landscapes on demand: the conditional GAN of lecture 12."""
