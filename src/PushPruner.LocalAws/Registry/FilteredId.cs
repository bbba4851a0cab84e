namespace PushPruner.LocalAws;

/// <summary>What DescribeImages does with an image named by id that the filter shuts out. Not documented.</summary>
public enum FilteredId
{
    /// <summary>The call fails, as for an image that isn't there.</summary>
    NotFound,

    /// <summary>The answer leaves it out.</summary>
    LeftOut,

    /// <summary>The answer has it all the same.</summary>
    Described,
}
