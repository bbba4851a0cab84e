namespace PushPruner.LocalAws;

/// <summary>
/// Whether maxResults counts what a filter lets through. Not documented; an empty page with a token has been recorded elsewhere in AWS.
/// </summary>
public enum FilteredPages
{
    /// <summary>A page is filled with what the filter lets through.</summary>
    Full,

    /// <summary>A page is what the filter leaves of maxResults images: it can be short or empty and yet have a next one.</summary>
    Sparse,
}
