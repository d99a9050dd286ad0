const two = (number: number): string => String(number).padStart(2, '0');

/** A request's local time, with the day if it isn't the newest request's day: `14:03:22`, `11-27 14:03:22`. */
export function clockText(receivedAt: string | undefined, newest?: string): string {
  const time = new Date(receivedAt ?? '');
  if (Number.isNaN(time.getTime())) return '–';
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  const isSameDay = newest === undefined || new Date(newest).toDateString() === time.toDateString();
  return isSameDay ? clock : `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`;
}

/** The local day and time: `2026-11-27 14:03:22`. */
export function dayText(receivedAt: string): string {
  const time = new Date(receivedAt);
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${clockText(receivedAt)}`;
}

/** `12 ms`, `1.2 s`. */
export function spanText(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return whole < 1000 ? `${whole} ms` : `${(whole / 1000).toFixed(1)} s`;
}
