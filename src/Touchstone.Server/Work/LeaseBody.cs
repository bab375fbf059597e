using System.Text.Json;

namespace Touchstone.Server.Work;

/// <summary>A lease as its contributor sees it. Nothing in it depends on why the task is in the queue.</summary>
/// <param name="Token">Names the lease, and is all that names the work.</param>
/// <param name="Project">The project.</param>
/// <param name="State">Live, submitted, skipped, returned or expired.</param>
/// <param name="OntologyVersion">What the answers are checked against.</param>
/// <param name="OntologyUrl">Where that version is read.</param>
/// <param name="Inputs">What to look at.</param>
/// <param name="IssuedAt">When it was given.</param>
/// <param name="ExpiresAt">Until when it is kept unless renewed.</param>
/// <param name="Correction">For work that a reviewer sent back.</param>
/// <param name="Prelabel">What to begin with; null where nothing was proposed.</param>
internal sealed record LeaseBody(
    string Token,
    Guid Project,
    string State,
    int OntologyVersion,
    string OntologyUrl,
    IReadOnlyList<InputBody> Inputs,
    DateTime IssuedAt,
    DateTime ExpiresAt,
    CorrectionBody? Correction,
    PrelabelBody? Prelabel);

/// <summary>One thing to look at.</summary>
/// <param name="Kind">As the annotations room names it: <c>image</c>.</param>
/// <param name="Url">Where its bytes are, for this lease alone.</param>
/// <param name="Width">Pixels after EXIF orientation is applied.</param>
/// <param name="Height">Pixels after EXIF orientation is applied.</param>
/// <param name="MediaType">Of the bytes.</param>
internal sealed record InputBody(string Kind, string Url, int Width, int Height, string MediaType);

/// <summary>Why work came back.</summary>
/// <param name="Answers">The answers as they were submitted.</param>
/// <param name="Comments">What the reviewer said: a list of objects with a text and, where pinned, question and shape.</param>
internal sealed record CorrectionBody(JsonElement Answers, JsonElement Comments);

/// <summary>What came of asking for work: a lease, or the reason why there is none.</summary>
internal sealed record NextBody(LeaseBody? Lease, string? Reason);

/// <summary>Proof that an answer is stored durably.</summary>
/// <param name="Token">The lease.</param>
/// <param name="SubmittedAt">When it was stored; the same for a repeat.</param>
/// <param name="Next">The next lease, where it was asked for.</param>
internal sealed record ReceiptBody(string Token, DateTime SubmittedAt, NextBody? Next);
