export const streak = {
  interval: (lower: string, upper: string) => `${lower}–${upper}`,
};
