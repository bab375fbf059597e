import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { api, ask, askWhole, type Schemas } from "../../api/client";
import { CopyText } from "../../components/CopyText";
import { Dialog, DialogActions } from "../../components/Dialog";
import { count, duration, enDash, exact } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Panel";
import { fieldError, Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { people as m } from "../../messages/en/people";
import { shell } from "../../messages/en/shell";
import { isOwner, type Me } from "../sign-in/me";
import css from "./PeoplePage.module.css";

type Row = Schemas["ContributorRow"];
type Role = Schemas["Role"];

const everyRole: readonly Role[] = ["contributor", "reviewer", "manager", "owner"];

/** Whom somebody may govern: an owner everybody, a manager those below. */
const governed = (me: Me): readonly Role[] => (isOwner(me) ? everyRole : ["contributor", "reviewer"]);

/** Everybody in the organization: roles, what they did, invitations by link. */
export default function PeoplePage({ me }: { me: Me }) {
  const [params, setParams] = useSearchParams();
  const words = params.get("q") ?? "";
  const rows = useInfiniteQuery({
    queryKey: ["people"],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET("/api/v1/contributors", { params: { query: { limit: "200", ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: page => page.next,
  });
  const all = rows.data?.pages.flatMap(page => page.items) ?? [];
  const shown = all.filter(row => `${row.display_name} ${row.email ?? ""}`.toLocaleLowerCase().includes(words.toLocaleLowerCase()));
  const invite = (open: boolean) => setParams(open ? { invite: "" } : {}, { replace: true });
  return (
    <Page
      title={m.title}
      lead={<span>{m.lead(me.organization.name)}</span>}
      action={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => invite(true)}>
          {m.invite}
        </Button>
      }
    >
      {all.length > 8 && (
        <TextInput
          type="search"
          data-search
          aria-label={m.search}
          placeholder={m.search}
          leftSection={<Icon name="search" size={16} />}
          value={words}
          onChange={event => setParams(event.currentTarget.value ? { q: event.currentTarget.value } : {}, { replace: true })}
        />
      )}
      <Problem problem={rows.error} retry={() => rows.refetch()} />
      {rows.isPending && <Waiting rows={5} label={m.loading} />}
      {shown.length > 0 && <People me={me} rows={shown} />}
      {rows.hasNextPage && (
        <div>
          <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
            {shell.loadMore}
          </Button>
        </div>
      )}
      <InviteDialog me={me} open={params.has("invite")} onClose={() => invite(false)} />
    </Page>
  );
}

function People({ me, rows }: { me: Me; rows: readonly Row[] }) {
  const [changing, setChanging] = useState<Row | null>(null);
  const [link, setLink] = useState<{ row: Row; issued: Schemas["LinksIssued"] } | null>(null);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["people"] });
  const suspend = useMutation({
    mutationFn: (row: Row) => {
      const path = { params: { path: { contributorId: row.id } } };
      return row.suspended_at
        ? ask(api.DELETE("/api/v1/contributors/{contributorId}/suspension", path))
        : ask(api.PUT("/api/v1/contributors/{contributorId}/suspension", path));
    },
    onSuccess: refresh,
  });
  const signInLink = useMutation({
    mutationFn: async (row: Row) => ({
      row,
      issued: await ask(api.POST("/api/v1/contributors/{contributorId}/sign_in_links", { params: { path: { contributorId: row.id } } })),
    }),
    onSuccess: setLink,
  });
  return (
    <>
      <Problem problem={suspend.error ?? signInLink.error} />
      <Table label={m.title}>
        <thead>
          <tr>
            <th scope="col">{m.columns.name}</th>
            <th scope="col">{m.columns.role}</th>
            <th scope="col" data-number data-wide>
              {m.columns.responses}
            </th>
            <th scope="col" data-number data-wide>
              {m.columns.active}
            </th>
            <th scope="col" data-wide>
              {m.columns.last}
            </th>
            <th scope="col">
              <span className="visually-hidden">{m.columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              <td data-clip>
                <span dir="auto">{row.display_name}</span>
                {row.id === me.contributor_id && <span className="meta"> {m.you}</span>}
                {row.simulated && !row.display_name.includes(m.simulated) && <span className="meta"> {m.simulated}</span>}
                {row.email && <div className="meta">{row.email}</div>}
              </td>
              <td>
                {row.suspended_at ? (
                  <State tone="wrong" icon="cross">
                    {m.suspended}
                  </State>
                ) : (
                  shell.role[row.role]
                )}
              </td>
              <td data-number data-wide>
                {row.responses > 0 ? count(row.responses) : enDash}
              </td>
              <td data-number data-wide>
                {row.active_milliseconds > 0 ? duration(row.active_milliseconds) : enDash}
              </td>
              <td data-wide>
                <Time at={row.last_response_at} />
              </td>
              <td data-number>
                {row.id !== me.contributor_id && governed(me).includes(row.role) && (
                  <Menu position="bottom-end" width={220}>
                    <Menu.Target>
                      <ActionIcon variant="subtle" aria-label={m.actionsFor(row.display_name)}>
                        <Icon name="more" />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => setChanging(row)}>{m.changeRole}</Menu.Item>
                      {!row.simulated && !row.suspended_at && <Menu.Item onClick={() => signInLink.mutate(row)}>{m.signInLink}</Menu.Item>}
                      <Menu.Item onClick={() => suspend.mutate(row)}>{row.suspended_at ? m.letIn : m.suspend}</Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {changing && <RoleDialog me={me} row={changing} onClose={() => setChanging(null)} />}
      <Dialog open={link !== null} onClose={() => setLink(null)} title={m.signInLink}>
        {link && <LinkText text={m.signInLinkText(link.row.display_name)} issued={link.issued} onClose={() => setLink(null)} />}
      </Dialog>
    </>
  );
}

function RoleDialog({ me, row, onClose }: { me: Me; row: Row; onClose: () => void }) {
  const client = useQueryClient();
  const [role, setRole] = useState<Role>(row.role);
  const change = useMutation({
    mutationFn: async () => {
      const path = { path: { contributorId: row.id } };
      const { etag } = await askWhole(api.GET("/api/v1/contributors/{contributorId}", { params: path }));
      return ask(
        api.PUT("/api/v1/contributors/{contributorId}/role", { params: path, body: { role }, headers: { "If-Match": etag ?? "*" } }),
      );
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["people"] });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={m.roleOf(row.display_name)}>
      <RoleSelect roles={governed(me)} role={role} onChange={setRole} />
      <Problem problem={change.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button onClick={() => change.mutate()} loading={change.isPending} disabled={role === row.role}>
          {shell.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function RoleSelect({ roles, role, onChange }: { roles: readonly Role[]; role: Role; onChange: (role: Role) => void }) {
  return (
    <Select
      label={m.columns.role}
      description={m.roleHelp[role]}
      value={role}
      onChange={value => value && onChange(value as Role)}
      data={roles.map(value => ({ value, label: shell.role[value] }))}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function InviteDialog({ me, open, onClose }: { me: Me; open: boolean; onClose: () => void }) {
  const [role, setRole] = useState<Role>("contributor");
  const [name, setName] = useState("");
  const invite = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/invitations", { body: { role, display_name: name.trim() || null } })),
  });
  const close = () => {
    invite.reset();
    setName("");
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} title={m.invite}>
      {invite.data ? (
        <LinkText text={m.inviteLinkText} issued={invite.data} onClose={close} />
      ) : (
        <form
          className={css.form}
          onSubmit={event => {
            event.preventDefault();
            invite.mutate();
          }}
        >
          <p className="soft">{m.inviteText}</p>
          <TextInput
            label={m.inviteName}
            description={m.inviteNameHelp}
            value={name}
            maxLength={200}
            onChange={event => setName(event.currentTarget.value)}
            error={fieldError(invite.error, "/display_name")}
          />
          <RoleSelect roles={governed(me)} role={role} onChange={setRole} />
          <Problem problem={invite.error} shown={["/display_name"]} />
          <DialogActions>
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {m.makeLink}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}

function LinkText({ text, issued, onClose }: { text: string; issued: Schemas["LinksIssued"]; onClose: () => void }) {
  return (
    <>
      <p>{text}</p>
      <CopyText value={location.origin + issued.path} label={m.link} />
      <p className="meta">{m.linkUntil(exact(issued.expires_at))}</p>
      <DialogActions>
        <Button onClick={onClose}>{shell.close}</Button>
      </DialogActions>
    </>
  );
}
