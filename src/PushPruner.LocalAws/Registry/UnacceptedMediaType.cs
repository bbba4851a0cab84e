namespace PushPruner.LocalAws;

/// <summary>What BatchGetImage does with an image whose media type the caller didn't list as accepted. Not documented.</summary>
public enum UnacceptedMediaType
{
    ImageNotFound,

    /// <summary>The manifest comes as it is stored.</summary>
    AsStored,
}
