namespace PushPruner.LocalAws;

// The settings of the account that this registry knows.
public sealed partial class LocalRegistry
{
    internal GetAccountSettingAnswer Apply(GetAccountSettingCall call) => call.Name switch
    {
        "BLOB_MOUNTING" => new() { Name = call.Name, Value = Options.BlobMounting ? "ENABLED" : "DISABLED" },
        _ => throw EcrError.InvalidParameter("name", "Member must satisfy enum value set: [BLOB_MOUNTING]"),
    };
}
