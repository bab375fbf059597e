namespace Touchstone.Formats.Trl;

/// <summary>The prompt that two texts have in common, by TRL's rule.</summary>
/// <remarks>extract_prompt in huggingface/trl, trl/data_utils.py: the longest common beginning, without a blank at its end. Where both answers begin alike, their beginning becomes a part of the prompt; where one text is the
/// beginning of the other, its last character does not.</remarks>
public static class TrlPrompt
{
    /// <summary>Cuts two texts.</summary>
    public static (string Prompt, string Chosen, string Rejected) Extract(string chosen, string rejected)
    {
        var shorter = Math.Min(chosen.Length, rejected.Length);
        var end = Math.Max(0, shorter - 1);
        for (var i = 0; i < shorter; i++)
        {
            if (chosen[i] == rejected[i]) continue;
            end = i > 0 && chosen[i - 1] == ' ' ? i - 1 : i;
            break;
        }

        if (end > 0 && char.IsHighSurrogate(chosen[end - 1])) end--;       // Python counts whole characters
        return (chosen[..end], chosen[end..], rejected[end..]);
    }
}
