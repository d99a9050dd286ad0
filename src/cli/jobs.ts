import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The shell's job control, which code that reads single keys has to respect. */
export interface Jobs {
  /** Whether the terminal's keys go to this process. After a start with `&` they don't, and reading them would stop it. */
  isInFront: () => boolean;
  /** Sends a signal to all processes of this job, as the terminal does for Ctrl-C. */
  raise: (signal: JobSignal) => void;
  /** Calls `heed` when this process continues after a stop, until the returned function is called. */
  onContinued: (heed: () => void) => () => void;
}

export type JobSignal = 'SIGINT' | 'SIGQUIT' | 'SIGTSTP';

export const systemJobs = (process: NodeJS.Process): Jobs => ({
  isInFront: () => isInFront(process),
  // Windows has no jobs, and a signal would end the process at once.
  raise: signal => {
    if (process.platform !== 'win32') process.kill(0, signal);
    else if (signal === 'SIGINT') process.emit('SIGINT');
  },
  onContinued: heed => {
    process.on('SIGCONT', heed);
    return () => process.off('SIGCONT', heed);
  },
});

/** Compares the process group with that of the terminal. If unknown, the keys are left to the shell. */
function isInFront({ platform, pid }: NodeJS.Process): boolean {
  if (platform === 'win32') return true;
  try {
    const [group, front] = platform === 'linux' ? groupsInProc() : groupsOf(pid);
    return group !== undefined && group === front;
  } catch {
    return false;
  }
}

/** proc_pid_stat(5): the fifth and the eighth field. The second may hold anything, in parentheses. */
function groupsInProc(): (string | undefined)[] {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [fields[2], fields[5]];
}

const groupsOf = (pid: number): string[] =>
  execFileSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
