// Prints the path of a Node that can run the server: this one, or the one that npm brought.
import { findNode } from './find-node.mjs';

const node = findNode();
if (!node) {
  console.error(
    `This needs Node 24, and npm has none for ${process.platform}-${process.arch}; install Node 24 and try again.`,
  );
  process.exit(1);
}
process.stdout.write(node);
