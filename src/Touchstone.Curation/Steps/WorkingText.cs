namespace Touchstone.Curation.Steps;

/// <summary>The text that a worker has in hand, with what was found out of it so far: memory of one worker that is used again for each document.</summary>
public sealed class WorkingText
{
    /// <summary>The current text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Takes another text in hand and forgets what was known of the last one.</summary>
    public void Begin(string text) => Text = text;
}
