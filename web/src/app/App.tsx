import { Component, lazy, type ReactNode, Suspense, useState } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { Page } from "../components/Page";
import { Empty, Waiting } from "../components/Panel";
import { Problem } from "../components/Problem";
import { takeLink } from "../features/sign-in/link";
import { type Me, mayManage, useMe } from "../features/sign-in/me";
import { SessionDialog } from "../features/sign-in/SessionDialog";
import { SignInPage } from "../features/sign-in/SignInPage";
import { shell as m } from "../messages/en/shell";
import { Shell } from "./Shell";

// Each page is fetched when it is first opened.
const ProjectsPage = lazy(() => import("../features/projects/ProjectsPage"));
const WizardPage = lazy(() => import("../features/wizard/WizardPage"));
const ProjectPage = lazy(() => import("../features/project/ProjectPage"));
const ImportPage = lazy(() => import("../features/import/ImportPage"));
const DatasetPage = lazy(() => import("../features/datasets/DatasetPage"));
const TasksPage = lazy(() => import("../features/tasks/TasksPage"));
const ContributorsPage = lazy(() => import("../features/contributors/ContributorsPage"));
const OntologyPage = lazy(() => import("../features/ontology/OntologyPage"));
const ReleasesPage = lazy(() => import("../features/releases/ReleasesPage"));
const ReleasePage = lazy(() => import("../features/releases/ReleasePage"));
const ProjectSettingsPage = lazy(() => import("../features/project/ProjectSettingsPage"));
const QualityPage = lazy(() => import("../features/quality/QualityPage"));
const SuspectsPage = lazy(() => import("../features/quality/Suspects"));
const GoldPage = lazy(() => import("../features/gold/GoldPage"));
const OrdersPage = lazy(() => import("../features/orders/OrdersPage"));
const PeoplePage = lazy(() => import("../features/people/PeoplePage"));
const CorporaPage = lazy(() => import("../features/corpora/CorporaPage"));
const CorpusPage = lazy(() => import("../features/corpora/CorpusPage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));
const WorkPage = lazy(() => import("../features/work/WorkPage"));
const Workbench = lazy(() => import("../features/work/Workbench"));
const TrainingPage = lazy(() => import("../features/training/TrainingPage"));
const ReviewPage = lazy(() => import("../features/review/ReviewPage"));

export function App() {
  const [link, setLink] = useState(takeLink);
  const me = useMe();
  if (me.isPending) return null;
  if (me.error) {
    return (
      <Page title={m.name}>
        <Problem problem={me.error} retry={() => me.refetch()} />
      </Page>
    );
  }

  if (!me.data || link) return <SignInPage link={link} onIn={() => setLink(null)} />;
  return (
    <>
      <Pages me={me.data} />
      <SessionDialog me={me.data} />
    </>
  );
}

function Pages({ me }: { me: Me }) {
  const [location] = useLocation();
  // The workbench takes the whole window; everything else stands in the shell.
  if (/^\/work\/./.test(location) || /^\/projects\/[^/]+\/review$/.test(location)) {
    return (
      <Guard key={location}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/work/:projectId">{({ projectId }) => <Workbench projectId={projectId} me={me} />}</Route>
            <Route path="/work/:projectId/training">{({ projectId }) => <TrainingPage projectId={projectId} me={me} />}</Route>
            <Route path="/projects/:projectId/review">{({ projectId }) => <ReviewPage projectId={projectId} me={me} />}</Route>
          </Switch>
        </Suspense>
      </Guard>
    );
  }

  return (
    <Shell me={me}>
      <Guard key={location}>
        <Suspense fallback={<Page title="">{<Waiting label={m.loading} />}</Page>}>
          <Switch>
            <Route path="/">
              <Redirect to={mayManage(me) ? "/projects" : "/work"} replace />
            </Route>
            <Route path="/sign-in">
              <Redirect to="/" replace />
            </Route>
            <Route path="/work">
              <WorkPage me={me} />
            </Route>
            {mayManage(me) && (
              <>
                <Route path="/projects">
                  <ProjectsPage />
                </Route>
                <Route path="/projects/new">
                  <WizardPage />
                </Route>
                <Route path="/projects/:projectId">{({ projectId }) => <ProjectPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/import">{({ projectId }) => <ImportPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/import/dataset">{({ projectId }) => <DatasetPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/tasks">{({ projectId }) => <TasksPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/quality">{({ projectId }) => <QualityPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/quality/suspects">{({ projectId }) => <SuspectsPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/quality/orders">{({ projectId }) => <OrdersPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/gold">{({ projectId }) => <GoldPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/contributors">{({ projectId }) => <ContributorsPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/ontology">{({ projectId }) => <OntologyPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/releases">{({ projectId }) => <ReleasesPage projectId={projectId} />}</Route>
                <Route path="/projects/:projectId/releases/:releaseId">
                  {({ projectId, releaseId }) => <ReleasePage key={releaseId} projectId={projectId} releaseId={releaseId} />}
                </Route>
                <Route path="/projects/:projectId/settings">{({ projectId }) => <ProjectSettingsPage projectId={projectId} />}</Route>
                <Route path="/corpora">
                  <CorporaPage />
                </Route>
                <Route path="/corpora/:corpusId">{({ corpusId }) => <CorpusPage corpusId={corpusId} place="overview" />}</Route>
                <Route path="/corpora/:corpusId/examples">{({ corpusId }) => <CorpusPage corpusId={corpusId} place="examples" />}</Route>
                <Route path="/corpora/:corpusId/duplicates">
                  {({ corpusId }) => <CorpusPage corpusId={corpusId} place="duplicates" />}
                </Route>
                <Route path="/corpora/:corpusId/files">{({ corpusId }) => <CorpusPage corpusId={corpusId} place="files" />}</Route>
                <Route path="/corpora/:corpusId/compare">{({ corpusId }) => <CorpusPage corpusId={corpusId} place="compare" />}</Route>
                <Route path="/people">
                  <PeoplePage me={me} />
                </Route>
              </>
            )}
            <Route path="/settings">
              <SettingsPage me={me} />
            </Route>
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Guard>
    </Shell>
  );
}

function NotFound() {
  return (
    <Page title={m.notFound}>
      <Empty action={<Link href="/">{m.toStart}</Link>}>
        <p>{m.notFoundText}</p>
      </Empty>
    </Page>
  );
}

/** A page that fails takes neither the shell nor other pages with it. */
class Guard extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state = { failure: null };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (this.state.failure === null) return this.props.children;
    return (
      <Page title={m.brokenTitle}>
        <Problem problem={this.state.failure} retry={() => location.reload()} />
      </Page>
    );
  }
}
