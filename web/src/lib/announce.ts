// Says something to people who do not see the page change. The region is in the frame of the app.

export const announcerId = 'announcer';

export function announce(text: string): void {
  const region = document.getElementById(announcerId);

  if (region) region.textContent = text;
}
