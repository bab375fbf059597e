import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { type Dropped, nameOf } from "../import/sources";
import { createDataset, datasetQuery, datasetsQuery } from "./server";
import { uploads } from "./uploads";

/** Everything that was dropped becomes a data set of its own, and its upload begins. */
export function useNewDataset(projectId: string) {
  const client = useQueryClient();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: async (dropped: Dropped) => {
      const sources = [...dropped.others, ...dropped.sources];
      const dataset = await createDataset(projectId, nameOf(sources));
      return { dataset, sources };
    },
    onSuccess: ({ dataset, sources }) => {
      client.setQueryData(datasetQuery(dataset.id).queryKey, dataset);
      void client.invalidateQueries({ queryKey: datasetsQuery(projectId).queryKey });
      void uploads.begin(dataset.id, sources, true);
      go(`/projects/${projectId}/import/dataset?dataset=${dataset.id}&step=files`);
    },
  });
}
