import { ActionIcon, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { Icon, type IconName } from "../components/Icon";
import { Wordmark } from "../components/Mark";
import { type Me, mayManage, useSignOut } from "../features/sign-in/me";
import { shell as m } from "../messages/en/shell";
import { JobTray } from "./JobTray";
import { OfflineNote } from "./OfflineNote";
import css from "./Shell.module.css";
import { Shortcuts } from "./Shortcuts";

interface Area {
  href: string;
  label: string;
  icon: IconName;
}

function areasOf(me: Me): readonly Area[] {
  const work: Area = { href: "/work", label: m.work, icon: "work" };
  return mayManage(me)
    ? [
        { href: "/projects", label: m.projects, icon: "projects" },
        work,
        { href: "/corpora", label: m.corpora, icon: "book" },
        { href: "/people", label: m.people, icon: "people" },
        { href: "/settings", label: m.settings, icon: "settings" },
      ]
    : [work, { href: "/settings", label: m.settings, icon: "settings" }];
}

/** The console's frame: areas at the left, on a phone behind a button; the page beside them. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [location] = useLocation();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setOpen(false), [location]);
  return (
    <div className={css.shell}>
      <a href="#page" className={css.skip}>
        {m.skip}
      </a>
      <header className={css.top}>
        <ActionIcon
          variant="subtle"
          size={40}
          aria-label={open ? m.closeMenu : m.openMenu}
          aria-expanded={open}
          aria-controls="areas"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "cross" : "menu"} size={20} />
        </ActionIcon>
        <Link href="/" className={css.home}>
          <Wordmark name={m.name} />
        </Link>
      </header>
      <nav className={css.side} data-open={open} aria-label={m.areas} id="areas">
        <Link href="/" className={css.home}>
          <Wordmark name={m.name} />
        </Link>
        <ul className={css.areas}>
          {areasOf(me).map(area => (
            <li key={area.href}>
              <Link href={area.href} aria-current={location.startsWith(area.href) ? "page" : undefined}>
                <Icon name={area.icon} />
                {area.label}
              </Link>
            </li>
          ))}
        </ul>
        <Account me={me} onHelp={() => setHelp(true)} />
      </nav>
      <main id="page" tabIndex={-1} className={css.main}>
        <OfflineNote />
        {children}
      </main>
      {mayManage(me) && <JobTray />}
      <Shortcuts open={help} onOpen={setHelp} />
    </div>
  );
}

function Account({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const scheme = (value: "light" | "dark" | "auto", label: string) => (
    <Menu.Item
      role="menuitemradio"
      aria-checked={colorScheme === value}
      rightSection={colorScheme === value ? <Icon name="check" size={14} /> : null}
      onClick={() => setColorScheme(value)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="top-start" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton className={css.account} aria-label={m.account(me.display_name)}>
          <span className={css.who}>
            <span dir="auto">{me.display_name}</span>
            <span className="meta" dir="auto">
              {m.role[me.role]} · {me.organization.name}
            </span>
          </span>
          <Icon name="more" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{m.appearance}</Menu.Label>
        {scheme("light", m.light)}
        {scheme("dark", m.dark)}
        {scheme("auto", m.likeSystem)}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="help" size={16} />} onClick={onHelp}>
          {m.shortcuts}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="leave" size={16} />} onClick={() => signOut.mutate()}>
          {m.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
