export const picture = {
  alt: (name: string, shapes: number) => (shapes === 0 ? name : `${name} with ${shapes} shapes`),
};
