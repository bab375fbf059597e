import { Button, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { CopyText } from "../../components/CopyText";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { Page, Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { fieldError, Problem } from "../../components/Problem";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { settings as m } from "../../messages/en/settings";
import { shell } from "../../messages/en/shell";
import { type Me, mayManage } from "../sign-in/me";
import css from "./SettingsPage.module.css";

/** What belongs to oneself: password, sessions, keys for programs. */
export default function SettingsPage({ me }: { me: Me }) {
  return (
    <Page title={m.title} lead={<span dir="auto">{m.lead(me.display_name, shell.role[me.role], me.organization.name)}</span>}>
      <Password me={me} />
      <Sessions />
      {mayManage(me) && <Keys />}
    </Page>
  );
}

function Password({ me }: { me: Me }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: { current?: string; new: string; email?: string }) => ask(api.PUT("/api/v1/me/password", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me"] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const text = (name: string) => String(form.get(name) ?? "");
    change.mutate(
      { new: text("new"), ...(text("current") ? { current: text("current") } : {}), ...(text("email") ? { email: text("email") } : {}) },
      { onSuccess: () => element.reset() },
    );
  };
  return (
    <Section title={m.password}>
      <Panel>
        <form className={css.form} onSubmit={submit}>
          {me.email ? (
            <>
              <input type="hidden" autoComplete="username" value={me.email} />
              <PasswordInput
                name="current"
                label={m.current}
                autoComplete="current-password"
                required
                withAsterisk={false}
                error={fieldError(change.error, "/current")}
              />
            </>
          ) : (
            <TextInput
              name="email"
              type="email"
              label={m.email}
              description={m.emailHelp}
              autoComplete="username"
              required
              withAsterisk={false}
              error={fieldError(change.error, "/email")}
            />
          )}
          <PasswordInput
            name="new"
            label={m.next}
            description={m.nextHelp}
            autoComplete="new-password"
            minLength={10}
            maxLength={200}
            required
            withAsterisk={false}
            error={fieldError(change.error, "/new")}
          />
          <Problem problem={change.error} shown={["/current", "/new", "/email"]} />
          {change.isSuccess && (
            <p role="status" className={css.done}>
              <Icon name="check" size={16} /> {m.changed}
            </p>
          )}
          <div>
            <Button type="submit" loading={change.isPending}>
              {me.email ? m.change : m.set}
            </Button>
          </div>
        </form>
      </Panel>
    </Section>
  );
}

function Sessions() {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => ask(api.DELETE("/api/v1/me/sessions")),
    onSuccess: () => {
      client.clear();
      client.setQueryData(["me"], null);
    },
  });
  return (
    <Section title={m.sessions}>
      <Panel>
        <div className={css.form}>
          <p className="soft">{m.sessionsText}</p>
          <Problem problem={end.error} />
          <div>
            <Button variant="default" onClick={() => end.mutate()} loading={end.isPending}>
              {m.endAll}
            </Button>
          </div>
        </div>
      </Panel>
    </Section>
  );
}

function Keys() {
  const client = useQueryClient();
  const keys = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/keys", { params: { query: { limit: "200" } }, signal })),
  });
  const [making, setMaking] = useState(false);
  const revoke = useMutation({
    mutationFn: (keyId: string) => ask(api.DELETE("/api/v1/keys/{keyId}", { params: { path: { keyId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
  const rows = keys.data?.items.filter(row => !row.revoked_at) ?? [];
  return (
    <Section
      title={m.keys}
      aside={
        <Button variant="default" size="compact-sm" onClick={() => setMaking(true)}>
          {m.newKey}
        </Button>
      }
    >
      <p className="soft">{m.keysText}</p>
      <Problem problem={keys.error ?? revoke.error} />
      {keys.isPending && <Waiting rows={2} label={shell.loading} />}
      {rows.length > 0 && (
        <Table label={m.keys}>
          <thead>
            <tr>
              <th scope="col">{m.keyName}</th>
              <th scope="col" data-wide>
                {m.keyPrefix}
              </th>
              <th scope="col">{m.keyActs}</th>
              <th scope="col">{m.keyUsed}</th>
              <th scope="col">
                <span className="visually-hidden">{m.revoke}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id}>
                <td data-clip dir="auto">
                  {row.name}
                </td>
                <td data-wide>
                  <code>{row.prefix}…</code>
                </td>
                <td data-clip dir="auto">
                  {row.contributor_name}
                </td>
                <td>
                  <Time at={row.last_used_at} />
                </td>
                <td data-number>
                  <Button variant="subtle" size="compact-sm" aria-label={m.revokeNamed(row.name)} onClick={() => revoke.mutate(row.id)}>
                    {m.revoke}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <KeyDialog open={making} onClose={() => setMaking(false)} />
    </Section>
  );
}

function KeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/keys", { body: { name: name.trim() } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
  const close = () => {
    make.reset();
    setName("");
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} title={m.newKey}>
      {make.data ? (
        <>
          <p>{m.keyOnce}</p>
          <CopyText value={make.data.key} label={m.keyLabel} />
          <DialogActions>
            <Button onClick={close}>{shell.close}</Button>
          </DialogActions>
        </>
      ) : (
        <form
          className={css.form}
          onSubmit={event => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <TextInput
            label={m.keyName}
            description={m.keyNameHelp}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            error={fieldError(make.error, "/name")}
          />
          <Problem problem={make.error} shown={["/name"]} />
          <DialogActions>
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {m.makeKey}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
