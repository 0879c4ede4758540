"""Currencies (ISO 4217) with two decimals or none, and what a browser's region suggests."""

CURRENCIES = {
    line[:3]: line[4:]
    for line in """\
USD US dollar
EUR Euro
GBP Pound sterling
CAD Canadian dollar
AUD Australian dollar
CHF Swiss franc
JPY Yen
AED UAE dirham
ALL Albanian lek
AMD Armenian dram
ARS Argentine peso
AZN Azerbaijani manat
BAM Bosnian mark
BDT Bangladeshi taka
BGN Bulgarian lev
BOB Boliviano
BRL Brazilian real
BWP Botswana pula
CLP Chilean peso
CNY Chinese yuan
COP Colombian peso
CRC Costa Rican colón
CZK Czech koruna
DKK Danish krone
DOP Dominican peso
DZD Algerian dinar
EGP Egyptian pound
ETB Ethiopian birr
GEL Georgian lari
GHS Ghanaian cedi
GTQ Guatemalan quetzal
HKD Hong Kong dollar
HNL Honduran lempira
HUF Hungarian forint
IDR Indonesian rupiah
ILS Israeli shekel
INR Indian rupee
ISK Icelandic króna
JMD Jamaican dollar
KES Kenyan shilling
KHR Cambodian riel
KRW South Korean won
KZT Kazakhstani tenge
LBP Lebanese pound
LKR Sri Lankan rupee
MAD Moroccan dirham
MDL Moldovan leu
MKD Macedonian denar
MMK Myanmar kyat
MNT Mongolian tugrik
MUR Mauritian rupee
MXN Mexican peso
MYR Malaysian ringgit
MZN Mozambican metical
NAD Namibian dollar
NGN Nigerian naira
NIO Nicaraguan córdoba
NOK Norwegian krone
NPR Nepalese rupee
NZD New Zealand dollar
PEN Peruvian sol
PHP Philippine peso
PKR Pakistani rupee
PLN Polish złoty
PYG Paraguayan guaraní
QAR Qatari riyal
RON Romanian leu
RSD Serbian dinar
RUB Russian rouble
RWF Rwandan franc
SAR Saudi riyal
SEK Swedish krona
SGD Singapore dollar
THB Thai baht
TRY Turkish lira
TTD Trinidad and Tobago dollar
TWD New Taiwan dollar
TZS Tanzanian shilling
UAH Ukrainian hryvnia
UGX Ugandan shilling
UYU Uruguayan peso
UZS Uzbekistani som
VND Vietnamese đồng
XAF Central African franc
XOF West African franc
ZAR South African rand
ZMW Zambian kwacha""".splitlines()
}

_EURO = [
    "AT",
    "BE",
    "CY",
    "DE",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PT",
    "SI",
    "SK",
]
_OF_REGION = dict.fromkeys(_EURO, "EUR") | {
    "AU": "AUD", "BR": "BRL", "CA": "CAD", "CH": "CHF", "CN": "CNY", "CZ": "CZK", "DK": "DKK", "GB": "GBP",
    "HU": "HUF", "IL": "ILS", "IN": "INR", "JP": "JPY", "KR": "KRW", "MX": "MXN", "NO": "NOK", "NZ": "NZD",
    "PL": "PLN", "RO": "RON", "SE": "SEK", "SG": "SGD", "TR": "TRY", "UA": "UAH", "US": "USD", "ZA": "ZAR",
}  # fmt: skip
_OF_LANGUAGE = {"de": "DE", "es": "ES", "fr": "FR", "it": "IT", "nl": "NL", "pl": "PL", "pt": "PT", "sv": "SE"}


def choices():
    """[(code, "Euro (EUR)")], the widely used ones first."""
    return [(code, f"{name} ({code})") for code, name in CURRENCIES.items()]


def suggested(accept_language):
    """{"currency", "date_order"} for the first language a browser asks for; a suggestion, shown to be changed."""
    first = (accept_language or "").split(",")[0].split(";")[0].strip()
    language, _, region = first.partition("-")
    region = region.upper()[-2:] or _OF_LANGUAGE.get(language.lower(), "US")
    return {"currency": _OF_REGION.get(region, "USD"), "date_order": "mdy" if region == "US" else "dmy"}
