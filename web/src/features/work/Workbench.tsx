import { Page } from "../../components/Page";
import { Empty } from "../../components/Panel";
import { work as m } from "../../messages/en/work";
import type { Me } from "../sign-in/me";

/** Labels one task after another. */
export default function Workbench(_: { projectId: string; me: Me }) {
  return (
    <Page title={m.workbench} crumbs={[{ label: m.title, href: "/work" }]}>
      <Empty title={m.workbenchMissing} />
    </Page>
  );
}
