/** The number of the open request, from the address: `#14`. A link's token is longer, and isn't a number. */
export function positionIn(hash: string): number | undefined {
  return /^#[1-9]\d{0,8}$/.test(hash) ? Number(hash.slice(1)) : undefined;
}

/** Puts the open request into the address, so that a reload opens it again. */
export function showPlace(position: number | undefined): void {
  history.replaceState(null, '', position === undefined ? location.pathname : `#${position}`);
}
