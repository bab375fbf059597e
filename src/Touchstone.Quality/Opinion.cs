using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Quality;

/// <summary>What one contributor said of one task.</summary>
/// <param name="ResponseId">Id of the response; unique within the task. Lineage refers to it, and ties are told apart by it.</param>
/// <param name="ContributorId">Id of the contributor, the same in every task.</param>
/// <param name="Answers">What was said. A question that is absent was not answered: of it nothing follows.</param>
public sealed record Opinion(string ResponseId, string ContributorId, AnswerSet Answers);

/// <summary>All independent opinions on one task.</summary>
/// <param name="TaskId">Id of the task.</param>
/// <param name="Input">What was looked at, where its size is known.</param>
/// <param name="Opinions">The opinions, in any order.</param>
public sealed record TaskOpinions(string TaskId, InputExtent? Input, IReadOnlyList<Opinion> Opinions);

/// <summary>The known answers of a gold task.</summary>
/// <param name="TaskId">Id of the task.</param>
/// <param name="Answers">What is right. A question that is absent is not known.</param>
public sealed record KnownAnswers(string TaskId, AnswerSet Answers);
