using System.Collections.Frozen;

namespace Touchstone.Curation.Redaction;

/// <summary>What a redacted part of a text was, as it stands in placeholders (in capitals) and counts.</summary>
public static class RedactionTypes
{
    /// <summary>An e-mail address.</summary>
    public const string Email = "email";

    /// <summary>A globally routable address of the Internet Protocol, version 4 or 6.</summary>
    public const string Ip = "ip";

    /// <summary>A telephone or fax number.</summary>
    public const string Phone = "phone";

    /// <summary>An international bank account number.</summary>
    public const string Iban = "iban";

    /// <summary>The number of a payment card.</summary>
    public const string CreditCard = "credit_card";

    /// <summary>A key, token or signed pass to a service.</summary>
    public const string ApiKey = "api_key";

    /// <summary>A private key in its armour.</summary>
    public const string PrivateKey = "private_key";

    /// <summary>A name of a given list, or in clinical text one behind a title.</summary>
    public const string Name = "name";

    /// <summary>An address of the World Wide Web.</summary>
    public const string Url = "url";

    /// <summary>A day, a month with its day, or a month with its year.</summary>
    public const string Date = "date";

    /// <summary>An age over 89 years.</summary>
    public const string Age = "age";

    /// <summary>A place smaller than a state: street, or postal code of the United States.</summary>
    public const string Place = "place";

    /// <summary>A social security number of the United States.</summary>
    public const string SocialSecurityNumber = "ssn";

    /// <summary>Number of a medical record.</summary>
    public const string MedicalRecord = "medical_record";

    /// <summary>Number of a member, policy or beneficiary of a health plan.</summary>
    public const string HealthPlan = "health_plan";

    /// <summary>Number of an account.</summary>
    public const string Account = "account";

    /// <summary>Number of a licence or certificate.</summary>
    public const string Licence = "licence";

    /// <summary>Number of a vehicle, or its plate.</summary>
    public const string Vehicle = "vehicle";

    /// <summary>Serial number or identifier of a device.</summary>
    public const string Device = "device";

    /// <summary>Another number or code that is one person's or case's alone.</summary>
    public const string Identifier = "identifier";

    /// <summary>What is taken out of web text unless the caller says otherwise; datatrove takes the first two of them.</summary>
    public static IReadOnlyList<string> Web { get; } = [Email, Ip];

    /// <summary>Everything that is told by its own form and check digits, in any text.</summary>
    public static IReadOnlyList<string> General { get; } = [Email, Ip, Phone, Iban, CreditCard, ApiKey, PrivateKey];

    /// <summary>
    /// What can be recognised by rule of the eighteen identifiers of HIPAA's Safe Harbor (45 CFR 164.514(b)(2)), for clinical text. By rule are found: telephone and fax
    /// numbers, e-mail, web and network addresses, social security numbers, dates, ages over 89, and numbers that their label announces (medical record,
    /// health plan, account, licence, vehicle, device, other). Names are found only from a list or behind a title, places only as streets and postal
    /// codes behind a state. Not found by any rule: names without either, towns and counties, biometric data, photographs. Text redacted
    /// by this preset is therefore not de-identified under Safe Harbor until a person has looked for the rest.
    /// </summary>
    public static IReadOnlyList<string> SafeHarbor { get; } =
    [
        Name, Place, Date, Age, Phone, Email, SocialSecurityNumber, MedicalRecord, HealthPlan, Account, Licence, Vehicle, Device, Url, Ip, Identifier,
        Iban, CreditCard, ApiKey, PrivateKey,
    ];

    /// <summary>All types.</summary>
    internal static IReadOnlySet<string> All { get; } = new HashSet<string>(SafeHarbor, StringComparer.Ordinal);

    // What a check digit or a maker's sign proves, then what a label announces, then what its form alone makes likely, then what is told by the words around it.
    private static readonly string[] s_byEvidence =
    [
        PrivateKey, ApiKey, Iban, CreditCard, Email, Url, Ip, SocialSecurityNumber, MedicalRecord, HealthPlan, Account, Licence, Vehicle, Device, Identifier, Phone, Date, Age, Place, Name,
    ];

    private static readonly FrozenDictionary<string, int> s_rank = s_byEvidence.Index().ToFrozenDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);

    /// <summary>Place of a type in the order of how strong the evidence for it is, 0 the strongest: which type two finds have that become one.</summary>
    internal static int EvidenceRank(string type) => s_rank[type];
}
