/** When each request of a receiver arrived, by its number, in eight bytes each. */
export interface Times {
  set: (seq: number, time: Date) => void;
  /** Whether the request with this number arrived at this time (RFC 3339). */
  isOf: (seq: number, time: string) => boolean;
}

export function createTimes(): Times {
  let times = new Float64Array(1024);
  return {
    set(seq, time) {
      if (seq >= times.length) {
        const longer = new Float64Array(Math.max(seq + 1, times.length * 2));
        longer.set(times);
        times = longer;
      }
      times[seq] = time.getTime();
    },
    isOf: (seq, time) => seq > 0 && times[seq] === Date.parse(time),
  };
}
