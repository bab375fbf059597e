import { type APIRequestContext, type BrowserContext, request } from "playwright-core";
import { openPage, png, type RunningServer, type Watched } from "./harness";

export const PASSWORD = "a long enough secret";

/** A server with an owner, for tests that begin where the work begins. Everything is made over HTTP. */
export interface Shop {
  readonly api: APIRequestContext;
  /** A project with these pictures in it, in order. */
  project(yaml: string, pictures: readonly Buffer[]): Promise<string>;
  /** Somebody invited, with a page of their own that is signed in. */
  join(name: string, role?: string, size?: { width: number; height: number }, scheme?: "light" | "dark"): Promise<Person>;
}

export interface Person extends Watched {
  readonly email: string;
  readonly api: APIRequestContext;
  state(): ReturnType<BrowserContext["storageState"]>;
}

export async function openShop(server: RunningServer): Promise<Shop> {
  const api = await request.newContext({ baseURL: server.address });
  const token = new URL(server.link).hash.slice("#link=".length);
  await good(
    api.post("/api/v1/session/link", {
      data: { token, display_name: "Ada Lead", email: "ada@example.org", password: PASSWORD, organization: "Streets and Co" },
    }),
  );
  let people = 0;
  return {
    api,
    async project(yaml, pictures) {
      const project = (await good(api.post("/api/v1/projects", { data: yaml, headers: { "Content-Type": "application/yaml" } }))) as {
        id: string;
      };
      const lines: string[] = [];
      for (const [i, picture] of pictures.entries()) {
        const url = `/api/v1/assets?project=${project.id}&file_name=picture-${i}`;
        const asset = (await good(api.post(url, { data: picture, headers: { "Content-Type": "application/octet-stream" } }))) as {
          id: string;
        };
        lines.push(JSON.stringify({ asset: asset.id, external_id: `picture-${String(i).padStart(3, "0")}` }));
      }
      if (lines.length > 0) {
        const data = `${lines.join("\n")}\n`;
        await good(api.post(`/api/v1/projects/${project.id}/tasks`, { data, headers: { "Content-Type": "application/x-ndjson" } }));
      }
      return project.id;
    },
    async join(name, role = "contributor", size = { width: 1440, height: 900 }, scheme = "light") {
      const email = `person-${++people}@example.org`;
      const invitation = (await good(api.post("/api/v1/invitations", { data: { display_name: name, role } }))) as { token: string };
      const own = await request.newContext({ baseURL: server.address });
      await good(
        own.post("/api/v1/session/link", {
          data: { token: invitation.token, display_name: name, email, password: PASSWORD },
        }),
      );
      const watched = await openPage(size, scheme);
      const { cookies } = await own.storageState();
      await watched.context.addCookies(cookies);
      return { ...watched, email, api: own, state: () => own.storageState() };
    },
  };
}

export async function good(asked: ReturnType<APIRequestContext["post"]>): Promise<unknown> {
  const answer = await asked;
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  return answer.status() === 204 ? null : await answer.json();
}

/** Boxes of two classes with attributes, of which one follows another, and a question about the whole picture. */
export const STREETS = `
name: Crossings
instructions: |
  Draw a box around every **car** and **person**, tight around the whole of it.

  - What is partly hidden gets the box that it would have.
ontology:
  questions:
    - id: objects
      title: Objects
      kind: shapes
      required: true
      classes:
        - id: car
          title: Car
          colour: "#0072b2"
          hotkey: "1"
          geometries: [box, rotated_box]
          limits: {min_width: 4, min_height: 4}
          attributes:
            - id: parked
              title: Parked
              kind: boolean
              required: true
            - id: door
              title: Open door
              kind: choice
              when: {attribute: parked, equals: true}
              options: [{id: none, title: None, hotkey: n}, {id: some, title: Some, hotkey: m}]
        - id: person
          title: Person
          colour: "#d55e00"
          hotkey: "2"
          geometries: [box]
        - id: road
          title: Road
          colour: "#009e73"
          hotkey: "3"
          geometries: [polygon]
    - id: weather
      title: Weather
      kind: choice
      required: true
      options: [{id: clear, title: Clear, hotkey: q}, {id: rain, title: Rain, hotkey: w}]
overlap: {min: 1, max: 1}
`;

export const pictures = (count: number, width = 640, height = 400): Buffer[] =>
  Array.from({ length: count }, (_, i) => png(i + 1, width, height));
