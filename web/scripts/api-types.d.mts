export const documentUrl: URL;
export const schemaUrl: URL;
export function apiTypes(): Promise<string>;
