import { Button, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.css";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { api, ask, type Schemas } from "../../api/client";
import { exact } from "../../components/format";
import { Wordmark } from "../../components/Mark";
import { Waiting } from "../../components/Panel";
import { fieldError, Problem } from "../../components/Problem";
import { shell } from "../../messages/en/shell";
import { signIn as m } from "../../messages/en/signIn";
import { useAcceptLink, useSignIn } from "./me";
import css from "./SignInPage.module.css";

/** The way in: with a one-time link, or with e-mail and password. */
export function SignInPage({ link, onIn }: { link: string | null; onIn: () => void }) {
  const [withLink, setWithLink] = useState(link !== null);
  return (
    <main className={css.page}>
      <div className={css.sheet}>
        <Wordmark name={shell.name} />
        {link && withLink ? (
          <LinkForm token={link} otherWay={() => setWithLink(false)} onIn={onIn} />
        ) : (
          <>
            <h1>{m.title}</h1>
            <SignInForm onIn={onIn} />
            <p className="meta">{m.how}</p>
          </>
        )}
      </div>
    </main>
  );
}

export function SignInForm({ email, organization, onIn }: { email?: string | null; organization?: string; onIn?: () => void }) {
  const enter = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      email: text(form, "email"),
      password: text(form, "password"),
      ...(organization ? { organization_id: organization } : {}),
    };
    enter.mutate(body, { onSuccess: () => onIn?.() });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextInput
        name="email"
        type="email"
        label={m.email}
        autoComplete="username"
        defaultValue={email ?? ""}
        required
        withAsterisk={false}
        autoFocus={!email}
      />
      <PasswordInput name="password" label={m.password} autoComplete="current-password" required withAsterisk={false} autoFocus={!!email} />
      <Problem problem={enter.error} />
      <Button type="submit" loading={enter.isPending}>
        {m.submit}
      </Button>
    </form>
  );
}

function LinkForm({ token, otherWay, onIn }: { token: string; otherWay: () => void; onIn: () => void }) {
  const look = useQuery({
    queryKey: ["link", token],
    queryFn: ({ signal }) => ask(api.POST("/api/v1/session/link/look", { body: { token }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const other = (
    <Button variant="subtle" onClick={otherWay}>
      {m.otherWay}
    </Button>
  );
  if (look.isPending) return <Waiting rows={3} label={m.looking} />;
  if (look.error) {
    return (
      <>
        <h1>{m.titleLink}</h1>
        <Problem problem={look.error} />
        {other}
      </>
    );
  }

  return (
    <Accept token={token} link={look.data} onIn={onIn}>
      {other}
    </Accept>
  );
}

function Accept({
  token,
  link,
  onIn,
  children,
}: {
  token: string;
  link: Schemas["LookAtLinkAnswer"];
  onIn: () => void;
  children: ReactNode;
}) {
  const accept = useAcceptLink();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = Object.fromEntries(
      ["display_name", "email", "password", "organization"].map(name => [name, text(form, name)]).filter(([, value]) => value),
    );
    accept.mutate({ token, ...given }, { onSuccess: onIn });
  };
  const error = (pointer: string) => ({ error: fieldError(accept.error, pointer) });
  const isOwner = link.purpose === "create_owner";
  return (
    <>
      <h1>{isOwner ? m.create : link.purpose === "invitation" ? m.join : m.title}</h1>
      <div className="soft">
        <p>{aboutLink(link)}</p>
        {link.purpose === "invitation" && <p>{m.inviteAccount}</p>}
      </div>
      <form className={css.form} onSubmit={submit}>
        {link.needs_account && (
          <>
            <TextInput
              name="display_name"
              label={m.name}
              autoComplete="name"
              maxLength={200}
              defaultValue={link.display_name ?? ""}
              required
              withAsterisk={false}
              {...error("/display_name")}
            />
            {isOwner && (
              <TextInput
                name="organization"
                label={m.organization}
                autoComplete="organization"
                maxLength={200}
                required
                withAsterisk={false}
                {...error("/organization")}
              />
            )}
            <TextInput
              name="email"
              type="email"
              label={m.email}
              autoComplete="username"
              required
              withAsterisk={false}
              {...error("/email")}
            />
            <PasswordInput
              name="password"
              label={m.newPassword}
              description={m.newPasswordHint}
              autoComplete="new-password"
              minLength={10}
              maxLength={200}
              required
              withAsterisk={false}
              {...error("/password")}
            />
          </>
        )}
        <Problem problem={accept.error} shown={["/display_name", "/organization", "/email", "/password"]} />
        <Button type="submit" loading={accept.isPending}>
          {isOwner ? m.create : link.purpose === "invitation" ? m.join : m.goOn}
        </Button>
      </form>
      <p className="meta">{m.expires(exact(link.expires_at))}</p>
      {!isOwner && children}
    </>
  );
}

function aboutLink(link: Schemas["LookAtLinkAnswer"]): string {
  switch (link.purpose) {
    case "create_owner":
      return m.ownerText;
    case "invitation":
      return m.inviteText(link.organization ?? "", shell.role[link.role].toLowerCase());
    case "sign_in":
      return m.signInText(link.display_name ?? "", link.organization ?? "");
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
