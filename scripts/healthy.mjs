// Ends with 0 when the server of this container answers well under the given path, for the engine that watches it.
const url = `http://127.0.0.1:${process.env.PORT}${process.argv[2]}`;
const answer = await fetch(url).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
