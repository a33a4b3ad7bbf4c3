// An answer that comes line by line, each line JSON: told as it comes.
import * as v from 'valibot';

/** @throws v.ValiError | SyntaxError when a line has a wrong shape */
export async function readLines<const S extends v.GenericSchema>(
  body: ReadableStream<Uint8Array>,
  schema: S,
  tell: (line: v.InferOutput<S>) => void,
): Promise<void> {
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = `${rest}${decoder.decode(value, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(v.parse(schema, JSON.parse(line)));
  }
}
