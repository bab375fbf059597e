import { Page } from "../../components/Page";
import { Empty } from "../../components/Panel";
import { work as m } from "../../messages/en/work";
import type { Me } from "../sign-in/me";

/** Decides what contributors do not agree upon. */
export default function ReviewPage(_: { projectId: string; me: Me }) {
  return (
    <Page title={m.review} crumbs={[{ label: m.title, href: "/work" }]}>
      <Empty title={m.workbenchMissing} />
    </Page>
  );
}
