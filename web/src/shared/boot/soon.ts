/** Until it has come, or has failed, or one has waited long enough. */
export const soon = (what: Promise<unknown>, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    void Promise.allSettled([what]).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
