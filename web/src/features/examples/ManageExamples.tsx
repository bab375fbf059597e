import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "../../components/Page";
import { Problem } from "../../components/Problem";
import { examples as m } from "../../messages/en/examples";
import { One } from "./Examples";
import css from "./ManageExamples.module.css";
import { examplesQuery } from "./queries";
import { removeExample } from "./server";

/** The examples of a project's instructions, which whoever leads it may take out. */
export function ManageExamples({ projectId }: { projectId: string }) {
  const client = useQueryClient();
  const examples = useQuery(examplesQuery(projectId));
  const remove = useMutation({
    mutationFn: removeExample,
    onSuccess: () => client.invalidateQueries({ queryKey: ["projects", projectId, "examples"] }),
  });
  const items = examples.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={m.manage}>
      <Problem problem={remove.error} />
      <ul className={css.list}>
        {items.map(example => (
          <li key={example.id}>
            <One projectId={projectId} example={example} />
            <Button variant="default" size="compact-xs" aria-label={m.removeOf(example.caption)} onClick={() => remove.mutate(example.id)}>
              {m.remove}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
