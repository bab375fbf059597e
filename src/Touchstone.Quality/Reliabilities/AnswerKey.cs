namespace Touchstone.Quality.Reliabilities;

/// <summary>Names what a skill is about: a question of the task, or an attribute of a question's shapes.</summary>
/// <remarks>Attributes of one id share a key whatever the shape's class: who tells "occluded" of a car tells it of a bus.</remarks>
public static class AnswerKey
{
    /// <summary>Key of a question of the task.</summary>
    public static string OfQuestion(string questionId) => questionId;

    /// <summary>Key of an attribute of a question's shapes. Ids hold no slash.</summary>
    public static string OfAttribute(string questionId, string attributeId) => $"{questionId}/{attributeId}";
}
