import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ROOT } from '#lib/root.ts';

/** The environment for tools that look for `node` on the PATH: they get the one that runs this. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const folder = path.dirname(process.execPath);
  return { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** Runs a program with its output on ours; resolves to its exit code. */
export async function runProgram(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(program, args, { cwd: ROOT, env: { ...toolEnvironment(), ...env }, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return code ?? 1;
}

/** Runs a command-line tool from node_modules, by the path of its script, on the Node that runs this. */
export function runTool(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return runProgram(process.execPath, [path.join('node_modules', script), ...args], env);
}
