using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>How far two answers to one question are apart, in [0, 1].</summary>
public static class AnswerDistance
{
    /// <summary>0 where they say the same, 1 where they share nothing; symmetric.</summary>
    public static double Between(Question question, Answer first, Answer second) => throw new NotImplementedException();
}
