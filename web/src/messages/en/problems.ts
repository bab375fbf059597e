export const problems = {
  again: "Try again",
  whole: "the whole",
  expected: (expected: string, found: string) => `Expected ${expected}; found ${found}.`,
  more: (count: number) => `and ${count} more`,
  trace: (id: string) => `Trace id ${id}`,
  unknown: "Something on this page failed. Load it again; if it happens again, tell whoever runs the server.",
  unreachable: "The server does not answer. Nothing was changed. Check that it runs, then try again.",
  offline: "This device is offline. Connect it, then try again.",
  signedOut: "You are signed out. Sign in again to go on; this page stays as it is.",
  refused: (status: number) => `The server refused this with status ${status}.`,
  loading: "Loading",
};
