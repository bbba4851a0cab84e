namespace PushPruner.Benchmarks.Tables;

/// <summary>Something that a run found, and where in the document it stands.</summary>
/// <param name="Name">Of the markers: <c>&lt;!-- push: begin --&gt;</c> and <c>&lt;!-- push: end --&gt;</c>.</param>
/// <param name="Text">Markdown.</param>
sealed record Section(string Name, string Text)
{
    public string Begin => $"<!-- {Name}: begin -->";

    public string End => $"<!-- {Name}: end -->";
}
