import { Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { session } from "../../api/session";
import { Dialog } from "../../components/Dialog";
import { signIn as m } from "../../messages/en/signIn";
import type { Me } from "./me";
import { SignInForm } from "./SignInPage";

/** Asks to sign in again above the page, which stays as it is with everything that was typed or drawn. */
export function SessionDialog({ me }: { me: Me }) {
  const state = useSyncExternalStore(session.subscribe, session.get);
  return (
    <Dialog open={state === "expired"} title={m.expiredTitle} width={420}>
      <p className="soft">{m.expiredText}</p>
      <SignInForm email={me.email} organization={me.organization.id} />
      <Button variant="subtle" onClick={() => location.assign("/")}>
        {m.expiredOther}
      </Button>
    </Dialog>
  );
}
