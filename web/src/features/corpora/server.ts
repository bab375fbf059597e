import { api, ask, type Schemas } from "../../api/client";

export type CorpusRow = Schemas["CorpusRow"];
export type Corpus = Schemas["ListCorporaDetail"];
export type Report = Schemas["CurationReport"];
export type ReportStep = Schemas["ReportStep"];
export type Example = Schemas["ReportExample"];
export type Clusters = Schemas["ReportClusters"];
export type Cluster = Schemas["ReportCluster"];
export type Member = Schemas["ReportMember"];
export type Span = Schemas["ReportSpan"];

export const corporaQuery = {
  queryKey: ["corpora"],
  queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string }) =>
    ask(api.GET("/api/v1/corpora", { params: { query: { limit: "200", ...(pageParam ? { after: pageParam } : {}) } }, signal })),
  initialPageParam: "",
  getNextPageParam: (page: Schemas["PageOfCorpusRow"]) => page.next,
};

/** A report never changes once it is shared. */
export const corpusQuery = (corpusId: string) => ({
  queryKey: ["corpora", corpusId],
  staleTime: 60 * 60_000,
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET("/api/v1/corpora/{corpusId}", { params: { path: { corpusId } }, signal })),
});

export const deleteCorpus = (corpusId: string) => ask(api.DELETE("/api/v1/corpora/{corpusId}", { params: { path: { corpusId } } }));
